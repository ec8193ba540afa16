{{/* The values that only a user of external databases and an external broker can know and has not given, a line each; empty if none. */}}
{{- define "trellis.missing" -}}
{{- $backing := get .Subcharts "backing" | default dict -}}
{{- $demonstration := default dict $backing.Values -}}
{{- range $name, $part := omit .Subcharts "backing" "mesh" -}}
{{- with $part.Values.database }}
{{- if not (dig "postgres" "databases" $name "enabled" false $demonstration) }}
{{- if not .host }}
  {{ $name }}.database.host: the host of its database
{{- end }}
{{- if not .existingSecret }}
  {{ $name }}.database.existingSecret: the Secret with the `username` and `password` of its database
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if not (dig "kafka" "enabled" false $demonstration) }}
{{- $global := default dict .Values.global -}}
{{- range $name, $part := omit .Subcharts "backing" "mesh" }}
{{- if not (or (dig "kafka" "bootstrapServers" "" $global) $part.Values.kafka.bootstrapServers) }}
  {{ $name }}.kafka.bootstrapServers, or global.kafka.bootstrapServers for all: the broker
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The Secrets of databases that are not there yet, a line each; empty if none. The pods wait for them. */}}
{{- define "trellis.missingSecrets" -}}
{{- $backing := get .Subcharts "backing" | default dict -}}
{{- range $name, $part := omit .Subcharts "backing" "mesh" -}}
{{- with dig "database" "existingSecret" "" $part.Values }}
{{- if not (or (dig "postgres" "databases" $name "enabled" false (default dict $backing.Values)) (lookup "v1" "Secret" $.Release.Namespace .)) }}
  kubectl --namespace {{ $.Release.Namespace }} create secret generic {{ . }} --from-literal=username=... --from-literal=password=...
{{- end }}
{{- end }}
{{- end }}
{{- end }}

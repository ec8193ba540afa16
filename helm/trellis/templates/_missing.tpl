{{/* The values of the part that runs the demonstration's databases and broker, as JSON; empty if it is switched off. */}}
{{- define "trellis.demonstration" -}}
{{- hasKey .Subcharts "backing" | ternary .Values.backing dict | toJson -}}
{{- end }}

{{/* The values that only a user of external databases and an external broker can know and has not given, a line each; empty if none. */}}
{{- define "trellis.missing" -}}
{{- $demonstration := include "trellis.demonstration" . | fromJson -}}
{{- $broker := or (dig "kafka" "enabled" false $demonstration) (dig "kafka" "bootstrapServers" "" (default dict .Values.global)) -}}
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
{{- if not (or $broker $part.Values.kafka.bootstrapServers) }}
  {{ $name }}.kafka.bootstrapServers: the broker; global.kafka.bootstrapServers is for all
{{- end }}
{{- end }}
{{- end }}

{{/* The Secrets of databases that are not there yet, a line each; empty if none. The pods wait for them. */}}
{{- define "trellis.missingSecrets" -}}
{{- $demonstration := include "trellis.demonstration" . | fromJson -}}
{{- range $name, $part := omit .Subcharts "backing" "mesh" -}}
{{- with $part.Values.database -}}
{{- $made := dig "postgres" "databases" $name "enabled" false $demonstration -}}
{{- if not (or $made (lookup "v1" "Secret" $.Release.Namespace .existingSecret)) }}
  kubectl --namespace {{ $.Release.Namespace }} create secret generic {{ .existingSecret }} \
      --from-literal=username=... --from-literal=password=...
{{- end }}
{{- end }}
{{- end }}
{{- end }}

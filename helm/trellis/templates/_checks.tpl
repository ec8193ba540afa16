{{/* The values of the part that runs the demonstration's databases and broker, as JSON; empty if it is switched off. */}}
{{- define "trellis.demonstration" -}}
{{- hasKey .Subcharts "backing" | ternary .Values.backing dict | toJson -}}
{{- end }}

{{/*
Takes (list context address): the demonstration's Keycloak as an item of `mesh.auth.issuers`, as JSON; empty if it does not run. istiod
keeps the keys of an address for up to 20 minutes, so the address has the id of the Keycloak, which its Secret keeps: one that is
installed anew, with new keys, is asked for them at once.
*/}}
{{- define "trellis.demonstrationIssuer" -}}
{{- $context := first . -}}
{{- $enabled := dig "keycloak" "enabled" false (include "trellis.demonstration" $context | fromJson) -}}
{{- if and $enabled $context.Values.mesh.auth.enabled -}}
{{- $namespace := $context.Release.Namespace -}}
{{- $kept := dig "data" "id" "" (lookup "v1" "Secret" $namespace "keycloak") -}}
{{- $id := $kept | b64dec | default (randAlphaNum 8) -}}
{{- $keys := printf "http://keycloak.%s/realms/trellis/protocol/openid-connect/certs?id=%s" $namespace $id -}}
{{- dict "issuer" (printf "%s/realms/trellis" (last .)) "jwksUri" $keys "audiences" (list "trellis") | toJson -}}
{{- end -}}
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

{{/* What leaves the public API without an answer to who may call it, a line each; empty if nothing does. */}}
{{- define "trellis.missingIssuers" -}}
{{- if and (hasKey .Subcharts "product-composite") (eq .Values.mesh.mode "sidecar") .Values.mesh.auth.enabled }}
{{- if not (include "mesh.issuers" .Subcharts.mesh | fromJsonArray) }}
  mesh.auth.issuers: whose tokens are accepted; or set mesh.auth.enabled to false to let anyone call who reaches the gateway
{{- end }}
{{- end }}
{{- end }}

{{/* What would start something that nothing uses, or leave something unreachable, a line each; empty if nothing does. */}}
{{- define "trellis.contradictions" -}}
{{- $demonstration := include "trellis.demonstration" . | fromJson -}}
{{- range $name, $part := omit .Subcharts "backing" "mesh" -}}
{{- $database := hasKey $part.Values "database" | ternary $part.Values.database dict }}
{{- if and (dig "postgres" "databases" $name "enabled" false $demonstration) $database.host }}
  {{ $name }}.database.host names another database than the demonstration's: set backing.postgres.databases.{{ $name }}.enabled to false
{{- end }}
{{- end }}
{{- if and (dig "kafka" "enabled" false $demonstration) (dig "kafka" "bootstrapServers" "" (default dict .Values.global)) }}
  global.kafka.bootstrapServers names another broker than the demonstration's: set backing.kafka.enabled to false
{{- end }}
{{- with index .Subcharts "product-composite" }}
{{- if eq $.Values.mesh.mode "sidecar" }}
{{- if and (not $.Values.mesh.gateway.enabled) (not .Values.httpRoute.parentRefs) }}
  mesh.gateway.enabled is false: name another gateway in product-composite.httpRoute.parentRefs
{{- end }}
{{- if and $.Values.mesh.gateway.enabled .Values.httpRoute.parentRefs }}
{{- $names := list }}
{{- range .Values.httpRoute.parentRefs }}{{ $names = append $names .name }}{{ end }}
{{- if not (has "edge" $names) }}
  product-composite.httpRoute.parentRefs names other gateways than edge, which nothing uses then: set mesh.gateway.enabled to false
{{- end }}
{{- end }}
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

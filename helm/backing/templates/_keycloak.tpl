{{/* Whether the demonstration's Keycloak runs; empty if not. Only a mesh checks its tokens, and they name the landscape's address. */}}
{{- define "backing.keycloak" -}}
{{- if and .Values.keycloak.enabled (include "trellis-common.mesh" .) (dig "mesh" "issuer" dict .Values.global) }}yes{{ end -}}
{{- end }}

{{/* What of it is public, as YAML: the realm, and the files of its login page, below a segment for each version of it. */}}
{{- define "backing.keycloakPublic" -}}
- paths: [/realms/trellis, /realms/trellis/*]
- methods: [GET]
  paths: ["/resources/{*}/login/{**}", "/resources/{*}/common/{**}"]
{{- end }}

{{/* The landscape's gateways, as the umbrella knows them, as JSON. */}}
{{- define "backing.gateways" -}}
{{- dig "mesh" "gateways" list .Values.global | toJson -}}
{{- end }}

{{/* Whether the demonstration's Keycloak runs; empty if not. Only a mesh checks its tokens, and they name the landscape's address. */}}
{{- define "backing.keycloak" -}}
{{- if and .Values.keycloak.enabled (include "trellis-common.mesh" .) (dig "mesh" "issuer" dict .Values.global) }}yes{{ end -}}
{{- end }}

{{/* Whether one of the gateways is the landscape's own, in its namespace; empty if not. */}}
{{- define "backing.edge" -}}
{{- range dig "mesh" "gateways" list .Values.global }}
{{- if and (eq .name "edge") (eq (.namespace | default $.Release.Namespace) $.Release.Namespace) }}yes{{ end }}
{{- end }}
{{- end }}

{{/* The pods of the landscape's gateways, as peers of a NetworkPolicy. */}}
{{- define "backing.gatewayPods" -}}
{{- range dig "mesh" "gateways" list .Values.global }}
- podSelector: {matchLabels: {gateway.networking.k8s.io/gateway-name: {{ .name | quote }}}}
  {{- with .namespace }}
  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ . | quote }}}}
  {{- end }}
{{- end }}
{{- end }}

{{/* Whether the demonstration's Keycloak runs; empty if not. Only a mesh checks its tokens, and they name the landscape's address. */}}
{{- define "backing.keycloak" -}}
{{- if and .Values.keycloak.enabled (include "trellis-common.mesh" .) (dig "mesh" "address" "" .Values.global) }}yes{{ end -}}
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

{{/* Their identities in the mesh: Istio deploys a gateway with a ServiceAccount that is named after it. */}}
{{- define "backing.gatewayPrincipals" -}}
{{- range dig "mesh" "gateways" list .Values.global }}
- cluster.local/ns/{{ .namespace | default $.Release.Namespace }}/sa/{{ .name }}-istio
{{- end }}
{{- end }}

{{/* The gateways of the public route, as Gateway API references them; in a mesh the landscape's own if the user names none. */}}
{{- define "product-composite.parentRefs" -}}
{{- $parents := .Values.httpRoute.parentRefs -}}
{{- if and (not $parents) (include "trellis-common.mesh" .) }}{{ $parents = list (dict "name" "edge") }}{{ end -}}
{{- toJson $parents -}}
{{- end }}

{{/* The pods of these gateways, as peers of a NetworkPolicy: Gateway API's label names the gateway that a pod belongs to (GEP-1762). */}}
{{- define "product-composite.gatewayPods" -}}
{{- range include "product-composite.parentRefs" . | fromJsonArray }}
- podSelector: {matchLabels: {gateway.networking.k8s.io/gateway-name: {{ .name | quote }}}}
  {{- with .namespace }}
  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ . | quote }}}}
  {{- end }}
{{- end }}
{{- end }}

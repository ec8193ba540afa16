{{/* Takes (list context parentRefs), as Gateway API references gateways: the identities that Istio gives them, as JSON. */}}
{{- define "trellis-common.gatewayPrincipals" -}}
{{- $context := first . -}}
{{- $principals := list -}}
{{- range last . -}}
{{- $principals = append $principals (printf "cluster.local/ns/%s/sa/%s-istio" (.namespace | default $context.Release.Namespace) .name) -}}
{{- end -}}
{{- uniq $principals | toJson -}}
{{- end }}

{{/* Takes the same: their pods, as peers of a NetworkPolicy. Gateway API's label names the gateway that a pod belongs to (GEP-1762). */}}
{{- define "trellis-common.gatewayPods" -}}
{{- range last . }}
- podSelector: {matchLabels: {gateway.networking.k8s.io/gateway-name: {{ .name | quote }}}}
  {{- with .namespace }}
  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ . | quote }}}}
  {{- end }}
{{- end }}
{{- end }}

{{/* Takes the same: whether one of them is the landscape's own, in its namespace; empty if not. */}}
{{- define "trellis-common.edge" -}}
{{- $namespace := (first .).Release.Namespace -}}
{{- range last . }}
{{- if and (eq .name "edge") (eq (.namespace | default $namespace) $namespace) }}yes{{ end }}
{{- end }}
{{- end }}

{{/* A filter of a route: that clients use HTTPS from now on. Empty if the landscape does not say so. */}}
{{- define "trellis-common.hsts" -}}
{{- with dig "mesh" "hsts" "" (default dict .Values.global) -}}
- type: ResponseHeaderModifier
  responseHeaderModifier:
    set: [{name: Strict-Transport-Security, value: {{ . | quote }}}]
{{- end }}
{{- end }}

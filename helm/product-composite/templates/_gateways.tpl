{{/* The gateways of the public route, as Gateway API references them; in a mesh the landscape's own if the user names none. */}}
{{- define "product-composite.parentRefs" -}}
{{- $parents := .Values.httpRoute.parentRefs -}}
{{- if and (not $parents) (include "trellis-common.mesh" .) }}{{ $parents = list (dict "name" "edge" "sectionName" "https") }}{{ end -}}
{{- toJson $parents -}}
{{- end }}

{{/* Whether one of them is the landscape's own, in its namespace; empty if not. */}}
{{- define "product-composite.edge" -}}
{{- range include "product-composite.parentRefs" . | fromJsonArray }}
{{- if and (eq .name "edge") (eq (.namespace | default $.Release.Namespace) $.Release.Namespace) }}yes{{ end }}
{{- end }}
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

{{/* What the route adds to responses: for browsers, which pages of other origins may call the API, and that it is HTTPS from now on. */}}
{{- define "product-composite.responseFilters" -}}
{{- with dig "mesh" "hsts" "" (default dict .Values.global) }}
- type: ResponseHeaderModifier
  responseHeaderModifier:
    set: [{name: Strict-Transport-Security, value: {{ . | quote }}}]
{{- end }}
{{- with .Values.httpRoute.cors }}
{{- if .allowOrigins }}
- type: CORS
  cors:
    allowOrigins: {{- toYaml .allowOrigins | nindent 6 }}
    allowMethods: [GET, PUT, DELETE]
    allowHeaders: [Authorization, Content-Type, If-Match, If-None-Match]
    exposeHeaders: [ETag, Age, Location, Retry-After, WWW-Authenticate]
    maxAge: {{ .maxAge }}
{{- end }}
{{- end }}
{{- end }}

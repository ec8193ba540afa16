{{/* The gateways of the public route, as Gateway API references them; in a mesh the landscape's own if the user names none. */}}
{{- define "product-composite.parentRefs" -}}
{{- $parents := .Values.httpRoute.parentRefs -}}
{{- if and (not $parents) (include "trellis-common.mesh" .) }}{{ $parents = list (dict "name" "edge" "sectionName" "https") }}{{ end -}}
{{- toJson $parents -}}
{{- end }}

{{/* What the route adds to responses: for browsers, which pages of other origins may call the API, and that it is HTTPS from now on. */}}
{{- define "product-composite.responseFilters" -}}
{{ include "trellis-common.hsts" . }}
{{- with .Values.httpRoute.cors }}
{{- if .allowOrigins }}
- type: CORS
  cors:
    allowOrigins: {{- toYaml .allowOrigins | nindent 6 }}
    allowMethods: [GET, PUT, DELETE]
    allowHeaders: [Authorization, Content-Type, If-Match, If-None-Match]
    exposeHeaders: [ETag, Age, Location, Retry-After, WWW-Authenticate, traceresponse]
    maxAge: {{ .maxAge }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What the route does to a request that only reads. Until kubelet notices that a process was killed, its sidecar answers 503. This header
makes Istio's gateway retry on another instance, at most twice and within the timeout; it is Envoy's own, since HTTPRoute's retries are
experimental.
*/}}
{{- define "product-composite.readFilter" -}}
- type: RequestHeaderModifier
  requestHeaderModifier:
    set: [{name: x-envoy-retriable-status-codes, value: "503"}]
    remove: [x-trellis-client]
{{- end }}

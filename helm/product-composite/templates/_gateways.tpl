{{/* The gateways of the public route, as Gateway API references them; in a mesh the landscape's own if the user names none. */}}
{{- define "product-composite.parentRefs" -}}
{{- $parents := .Values.httpRoute.parentRefs -}}
{{- if and (not $parents) (include "trellis-common.mesh" .) }}{{ $parents = list (dict "name" "edge" "sectionName" "https") }}{{ end -}}
{{- toJson $parents -}}
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
    exposeHeaders: [ETag, Age, Location, Retry-After, WWW-Authenticate, traceresponse]
    maxAge: {{ .maxAge }}
{{- end }}
{{- end }}
{{- end }}

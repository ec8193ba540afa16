{{/* What of this service is public, and the scope that a token needs for it; the methods that the API lacks are answered with 405. */}}
{{- define "product-composite.public" -}}
{{- $tokens := dig "mesh" "tokens" true (default dict .Values.global) -}}
{{- range list
    (dict "methods" (list "GET" "HEAD") "scope" "product:read")
    (dict "methods" (list "PUT" "DELETE" "POST" "PATCH") "scope" "product:write")
    (dict "methods" (list "OPTIONS")) }}
- methods: {{ toJson .methods }}
  paths: [/v1/product-composites, /v1/product-composites/*]
  {{- if and $tokens .scope }}
  scope: {{ .scope }}
  {{- end }}
{{- end }}
- methods: [GET, HEAD, OPTIONS, PUT, DELETE, POST, PATCH]
  paths: [/openapi]
{{- if .Values.page.enabled }}
- methods: [GET, HEAD]
  paths: {{ include "product-composite.pagePaths" . }}
{{- end }}
{{- end }}

{{/* The files of the page, and its settings, as JSON. */}}
{{- define "product-composite.pagePaths" -}}
{{- list "/" "/page.json" "/page.css" "/page.js" "/api.js" "/sign-in.js" "/icon.svg" | toJson -}}
{{- end }}

{{/* Who calls this service, and what; whom it calls. The gateway `edge` has checked the token; behind another one, this service does. */}}
{{- define "product-composite.connections" -}}
{{- $parents := include "product-composite.parentRefs" . | fromJsonArray -}}
{{- $edge := include "trellis-common.edge" (list . $parents) -}}
open: {{ empty $parents }} # without a gateway any client may connect
clients:
  {{- with include "trellis-common.gatewayPods" (list . $parents) | fromYamlArray }}
  {{- $pods := . }}
  {{- $principals := $.Values.authorizationPolicy.gatewayPrincipals | default
      (include "trellis-common.gatewayPrincipals" (list $ $parents) | fromJsonArray) }}
  {{- range include "product-composite.public" $ | fromYamlArray }}
  - {{ merge (dict "pods" $pods "principals" $principals) (empty $edge | ternary . (omit . "scope")) | toJson }}
  {{- end }}
  {{- end }}
  - pods: [{podSelector: {matchLabels: {app.kubernetes.io/name: {{ .Chart.Name }}, app.kubernetes.io/component: test}}}]
    principals: [{{ include "trellis-common.principal" (list . "product-composite-test") }}]
    methods: [GET, PUT, DELETE]
    paths: [/v1/product-composites/*]
neighbours: [product, recommendation, review]
{{- end }}

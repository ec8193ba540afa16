{{/* Who calls this service, and what; whom it calls. */}}
{{- define "product-composite.connections" -}}
{{- $parents := include "product-composite.parentRefs" . | fromJsonArray -}}
open: {{ empty $parents }} # without a gateway any client may connect
clients:
  {{- with include "product-composite.gatewayPods" . | fromYamlArray }}
  - pods: {{- toYaml . | nindent 6 }}
    principals: {{ $.Values.authorizationPolicy.gatewayPrincipals | default
        (include "trellis-common.gatewayPrincipals" (list $ $parents) | fromJsonArray) | toJson }}
    methods: [GET, HEAD, OPTIONS, PUT, DELETE, POST, PATCH] # the last two are answered with 405
    paths: [/v1/product-composites, /v1/product-composites/*, /openapi]
  {{- end }}
  - pods: [{podSelector: {matchLabels: {app.kubernetes.io/name: {{ .Chart.Name }}, app.kubernetes.io/component: test}}}]
    principals: [{{ include "trellis-common.principal" (list . "product-composite-test") }}]
    methods: [GET, PUT, DELETE]
    paths: [/v1/product-composites/*]
neighbours: [product, recommendation, review]
{{- end }}

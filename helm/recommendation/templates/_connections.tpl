{{/* Who calls this service, and what. */}}
{{- define "recommendation.connections" -}}
callers:
  product-composite: {methods: [GET], paths: [/v1/recommendations]}
{{- end }}

{{/* Who calls this service, and what. */}}
{{- define "review.connections" -}}
callers:
  product-composite: {methods: [GET], paths: [/v1/reviews]}
{{- end }}

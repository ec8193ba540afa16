{{/* Who calls this service, and what. */}}
{{- define "product.connections" -}}
callers:
  product-composite: {methods: [GET], paths: [/v1/products, /v1/products/*]}
{{- end }}

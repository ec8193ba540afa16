{{- define "mesh.labels" -}}
app.kubernetes.io/name: mesh
app.kubernetes.io/part-of: trellis
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: mesh-{{ .Chart.Version }}
{{- end }}

{{/* The backend of all public routes. */}}
{{- define "mesh.productComposite" -}}
timeouts: {request: {{ .Values.gateway.timeout }}}
backendRefs:
  - {name: product-composite, port: 80}
{{- end }}

{{/* What a user calls next; also part of the umbrella's notes. */}}
{{- define "mesh.notes" -}}
The public API is served by the gateway `edge`:
  kubectl -n {{ .Release.Namespace }} wait --for=condition=Programmed gateway/edge
  host=$(kubectl -n {{ .Release.Namespace }} get gateway edge -o jsonpath='{.status.addresses[0].value}')
  curl "http://$host:{{ .Values.gateway.port }}/v1/product-composites"
{{- end }}

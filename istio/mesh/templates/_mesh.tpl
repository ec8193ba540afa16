{{- define "mesh.labels" -}}
app.kubernetes.io/name: mesh
app.kubernetes.io/part-of: trellis
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: mesh-{{ .Chart.Version }}
{{- end }}

{{/* Where all that is let in goes. */}}
{{- define "mesh.productComposite" -}}
timeouts: {request: {{ .Values.gateway.timeout }}}
backendRefs:
  - {name: product-composite, port: 80}
{{- end }}

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

{{/* What a user calls next, for whichever chart was installed. */}}
{{- define "mesh.notes" -}}
What is public comes in through the gateway `edge`:
  kubectl -n {{ .Release.Namespace }} wait --for=condition=Programmed gateway/edge
  curl "http://$(kubectl -n {{ .Release.Namespace }} get gateway edge -o jsonpath='{.status.addresses[0].value}'):{{ .Values.gateway.port }}/v1/product-composites"
{{- end }}

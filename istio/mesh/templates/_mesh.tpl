{{- define "mesh.labels" -}}
app.kubernetes.io/name: mesh
app.kubernetes.io/part-of: trellis
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: mesh-{{ .Chart.Version }}
{{- end }}

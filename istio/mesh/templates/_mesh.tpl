{{- define "mesh.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: mesh
app.kubernetes.io/part-of: trellis
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: mesh-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* What a user calls next; also part of the umbrella's notes. */}}
{{- define "mesh.notes" -}}
{{- if and (eq .Values.mode "sidecar") .Values.gateway.enabled -}}
The public API is served by the gateway `edge`:
  kubectl --namespace {{ .Release.Namespace }} wait --for=condition=Programmed gateway/edge
  host=$(kubectl --namespace {{ .Release.Namespace }} get gateway edge --output jsonpath='{.status.addresses[0].value}')
  curl "http://$host:{{ .Values.gateway.port }}/v1/product-composites"
{{- end }}
{{- end }}

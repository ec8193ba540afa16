{{- define "trellis-common.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.labels" (list . "service") | nindent 4 }}
spec:
  selector: {{- include "trellis-common.selector" (list . "service") | nindent 4 }}
  ports:
    - {name: http, port: 80, targetPort: http, appProtocol: http}
{{- end }}

{{- define "trellis-common.serviceaccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.labels" (list . "service") | nindent 4 }}
automountServiceAccountToken: false
{{- end }}

{{/*
A new instance is slow until its JVM has warmed up, so its share of the requests grows gradually. If it started with a much smaller
share, a retry after the failure of an old instance would mostly be sent to that instance again.
*/}}
{{- define "trellis-common.destinationrule" -}}
{{- if include "trellis-common.mesh" . -}}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.labels" (list . "service") | nindent 4 }}
spec:
  host: {{ .Chart.Name }}
  trafficPolicy:
    loadBalancer:
      simple: ROUND_ROBIN # LEAST_REQUEST prefers an instance that fails at once
      warmup: {duration: 20s, minimumPercent: 30}
{{- end }}
{{- end }}

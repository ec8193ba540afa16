{{- define "trellis-common.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
spec:
  selector: {{- include "trellis-common.selector" (dict "context" . "component" "service") | nindent 4 }}
  ports:
    - {name: http, port: 80, targetPort: http, appProtocol: http}
{{- end }}

{{- define "trellis-common.serviceaccount" -}}
{{- if .Values.serviceAccount.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "trellis-common.serviceAccountName" . | quote }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
  {{- with .Values.serviceAccount.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- else if .Values.serviceAccount.annotations -}}
{{- fail (printf "%s: serviceAccount.annotations have no effect while serviceAccount.create is false" .Chart.Name) }}
{{- end }}
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
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
spec:
  host: {{ .Chart.Name }}
  trafficPolicy:
    loadBalancer:
      simple: ROUND_ROBIN # LEAST_REQUEST prefers an instance that fails at once
      warmup: {duration: 20s, minimumPercent: 30}
{{- end }}
{{- end }}

{{- define "common.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "common.labels" (list . "service") | nindent 4 }}
spec:
  selector: {{- include "common.selector" (list . "service") | nindent 4 }}
  ports:
    - {name: http, port: 80, targetPort: http, appProtocol: http}
{{- end }}

{{- define "common.serviceaccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "common.labels" (list . "service") | nindent 4 }}
automountServiceAccountToken: false
{{- end }}

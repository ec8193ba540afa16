{{/*
The application's settings. A comment above each names the part of the values it comes from, for `make config`. Settings that
are not here keep the value in the application's own application.properties.
*/}}
{{- define "trellis-common.properties" -}}
{{- $own := default dict .Values.settings -}}
{{- range $name, $value := (include "trellis-common.workload" . | fromYaml).settings }}
# {{ ternary $.Chart.Name "global" (hasKey $own $name) }}.settings
{{ $name }}={{ if and (kindIs "float64" $value) (eq $value (floor $value)) }}{{ int64 $value }}{{ else }}{{ $value }}{{ end }}
{{- end }}
{{- end }}

{{/* The JVM options as an argument file of `java`, with the same comment. */}}
{{- define "trellis-common.javaOptions" -}}
# {{ ternary .Chart.Name "global" (hasKey (default dict .Values.java) "options") }}.java.options
{{ (include "trellis-common.workload" . | fromYaml).java.options }}
{{- end }}

{{- define "trellis-common.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.labels" (list . "service") | nindent 4 }}
data:
  java.options: |
    {{- include "trellis-common.javaOptions" . | nindent 4 }}
  application.properties: |
    {{- include "trellis-common.properties" . | nindent 4 }}
{{- end }}

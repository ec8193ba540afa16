{{/*
The settings of the application as JSON, by property name: what values have a key for, and the settings of all services overridden by
the service's own. Settings of databases and updates are left out for a service that has neither. Settings that are not here keep the
value in the application's own application.properties.
*/}}
{{- define "trellis-common.settings" -}}
{{- $global := default dict .Values.global -}}
{{- $settings := dict -}}
{{- range $name, $value := $global.settings -}}
{{- if or $.Values.database (not (regexMatch "^(database|quarkus[.]datasource|updates)[.]" $name)) -}}
{{- $_ := set $settings $name $value -}}
{{- end -}}
{{- end -}}
{{- $settings = mergeOverwrite $settings (deepCopy .Values.settings) -}}
{{- $_ := set $settings "kafka.bootstrap.servers" (include "trellis-common.broker" .) -}}
{{- with .Values.database -}}
{{- $_ := set $settings "database.address" (include "trellis-common.database" $) -}}
{{- with .name }}{{ $_ := set $settings "database.name" . }}{{ end -}}
{{- end -}}
{{- $_ := set $settings "served-by.enabled" (dig "servedBy" "enabled" false $global) -}}
{{- with .Values.page -}}
{{- $_ := set $settings "page.enabled" .enabled -}}
{{- if .enabled -}}
{{- with .traces }}{{ $_ := set $settings "page.traces" . }}{{ end -}}
{{- with .logs }}{{ $_ := set $settings "page.logs" . }}{{ end -}}
{{- with include "trellis-common.signInIssuer" $ -}}
{{- $_ := set $settings "page.sign-in.issuer" . -}}
{{- $_ := set $settings "page.sign-in.client" $.Values.page.signIn.client -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with default $global.logLevel .Values.logLevel }}{{ $_ := set $settings "quarkus.log.level" . }}{{ end -}}
{{- $settings = mergeOverwrite $settings (include "trellis-common.tracingSettings" . | fromJson) -}}
{{- toJson $settings -}}
{{- end }}

{{/* Where the users of the page sign in: as the values say, or else at the demonstration's Keycloak, if it runs; empty if nowhere. */}}
{{- define "trellis-common.signInIssuer" -}}
{{- .Values.page.signIn.issuer | default (dig "mesh" "issuer" "issuer" "" (default dict .Values.global)) -}}
{{- end }}

{{/* Where the service's database is, host:port. */}}
{{- define "trellis-common.database" -}}
{{ .Values.database.host | default (printf "%s-db" .Chart.Name) }}:{{ .Values.database.port }}
{{- end }}

{{/* The addresses of the broker, separated by commas. */}}
{{- define "trellis-common.broker" -}}
{{ .Values.kafka.bootstrapServers | default (dig "kafka" "bootstrapServers" "" (default dict .Values.global)) | default "kafka:9092" }}
{{- end }}

{{- define "trellis-common.properties" -}}
{{- range $name, $value := include "trellis-common.settings" . | fromJson }}
{{ $name }}={{ if and (kindIs "float64" $value) (eq $value (floor $value)) }}{{ int64 $value }}{{ else }}{{ $value }}{{ end }}
{{- end }}
{{- end }}

{{/* The JVM options, an argument file of `java`. */}}
{{- define "trellis-common.javaOptions" -}}
{{ .Values.java.options | default (dig "java" "options" "" (default dict .Values.global)) }}
{{- end }}

{{- define "trellis-common.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
data:
  java.options: {{ printf "%s\n" (include "trellis-common.javaOptions" .) | quote }}
  application.properties: |
    {{- include "trellis-common.properties" . | nindent 4 }}
{{- end }}

{{/* How the service sends its traces, as JSON: its own values, and of what it has none, those of all services. */}}
{{- define "trellis-common.tracing" -}}
{{- $own := .Values.tracing -}}
{{- $all := (default dict .Values.global).tracing | default dict -}}
{{- $tracing := dict "endpoint" ($own.endpoint | default $all.endpoint) "protocol" ($own.protocol | default $all.protocol) -}}
{{- $_ := set $tracing "headersSecret" ($own.headersSecret.name | empty | ternary $all.headersSecret $own.headersSecret) -}}
{{- $_ := set $tracing "sampleRatio" (kindIs "invalid" $own.sampleRatio | ternary $all.sampleRatio $own.sampleRatio) -}}
{{- toJson $tracing -}}
{{- end }}

{{/* Where traces are sent; empty if they are not. */}}
{{- define "trellis-common.tracingEndpoint" -}}
{{ (include "trellis-common.tracing" . | fromJson).endpoint }}
{{- end }}

{{/* Takes the address of a collector. */}}
{{- define "trellis-common.portOf" -}}
{{ (urlParse .).host | regexFind "[0-9]+$" }}
{{- end }}

{{/* As settings of the application, as JSON. */}}
{{- define "trellis-common.tracingSettings" -}}
{{- $tracing := include "trellis-common.tracing" . | fromJson -}}
{{- $settings := dict -}}
{{- with $tracing.endpoint -}}
{{- $_ := set $settings "quarkus.otel.exporter.otlp.endpoint" . -}}
{{- $_ := set $settings "quarkus.otel.exporter.otlp.protocol" $tracing.protocol -}}
{{- $_ := set $settings "quarkus.otel.traces.sampler.arg" $tracing.sampleRatio -}}
{{- end -}}
{{- toJson $settings -}}
{{- end }}

{{/*
As environment variables, a YAML list: what says whose spans they are, which Kubernetes knows when the pod starts, and the headers of each
request, a reference to a Secret.
*/}}
{{- define "trellis-common.tracingEnvironment" -}}
{{- $tracing := include "trellis-common.tracing" . | fromJson -}}
{{- if $tracing.endpoint }}
{{- range $variable, $field := dict "NODE_NAME" "spec.nodeName" "POD_NAME" "metadata.name" "POD_NAMESPACE" "metadata.namespace"
    "POD_UID" "metadata.uid" }}
- name: {{ $variable }}
  valueFrom:
    fieldRef: {fieldPath: {{ $field }}}
{{- end }}
- name: QUARKUS_OTEL_RESOURCE_ATTRIBUTES
  value: >-
    service.version={{ include "trellis-common.version" (include "trellis-common.serviceVersion" .)
    }},service.instance.id=$(POD_UID),k8s.namespace.name=$(POD_NAMESPACE),k8s.pod.name=$(POD_NAME),k8s.node.name=$(NODE_NAME)
{{- with $tracing.headersSecret }}
{{- if .name }}
- name: QUARKUS_OTEL_EXPORTER_OTLP_HEADERS
  valueFrom:
    secretKeyRef: {name: {{ .name | quote }}, key: {{ .key | quote }}}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
Takes (list addresses name): comma-separated addresses, `host:port`, and the name of the demonstration's Service, whose pods bear it. Of
any other host only the port is restricted.
*/}}
{{- define "trellis-common.egressTo" -}}
{{- $name := last . }}
{{- range $address := splitList "," (first .) }}
- ports: [{port: {{ regexFind "[0-9]+$" $address }}}]
  {{- if eq $name (regexReplaceAll ":[0-9]+$" $address "") }}
  to: [{podSelector: {matchLabels: {app.kubernetes.io/name: {{ $name }}}}}]
  {{- end }}
{{- end }}
{{- end }}

{{/* Takes a list of service names of this landscape. */}}
{{- define "trellis-common.pods" -}}
podSelector:
  matchExpressions:
    - {key: app.kubernetes.io/name, operator: In, values: [{{ join ", " . }}]}
    - {key: app.kubernetes.io/component, operator: In, values: [service]}
{{- end }}

{{/* What every pod needs: DNS, and in a mesh the control plane, which configures its sidecar, and where this sends its spans. */}}
{{- define "trellis-common.egressOfEveryone" -}}
- ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
{{- if include "trellis-common.mesh" . }}
- ports: [{port: 15012}]
  to: [{namespaceSelector: {}, podSelector: {matchLabels: {app: istiod}}}]
{{- with include "trellis-common.meshTracing" . | fromJson }}
- ports: [{port: {{ .port }}}]
  to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ .namespace | quote }}}}}]
{{- end }}
{{- end }}
{{- end }}

{{/* Where the sidecars' spans go, as JSON; empty if they send none. */}}
{{- define "trellis-common.meshTracing" -}}
{{- $tracing := ((default dict .Values.global).mesh | default dict).tracing | default dict -}}
{{- $tracing.provider | empty | ternary dict $tracing | toJson -}}
{{- end }}

{{/* Takes (list context component). Of a service's pods and of its migration's, which nobody calls. */}}
{{- define "trellis-common.egress" -}}
{{- $context := first . -}}
{{- $name := $context.Chart.Name -}}
{{- include "trellis-common.egressOfEveryone" $context }}
{{- if $context.Values.database }}
{{- include "trellis-common.egressTo" (list (include "trellis-common.database" $context) (printf "%s-db" $name)) }}
{{- end }}
{{- if eq (last .) "service" }}
{{- include "trellis-common.egressTo" (list (include "trellis-common.broker" $context) "kafka") }}
{{- with (include "trellis-common.connections" $context | fromJson).neighbours }}
- ports: [{port: 8080}]
  to:
    - {{- include "trellis-common.pods" . | nindent 6 }}
{{- end }}
{{- with include "trellis-common.tracingEndpoint" $context }}
- ports: [{port: {{ include "trellis-common.portOf" . }}}]
{{- end }}
{{- range include "trellis-common.furtherHosts" $context | fromJsonArray }}
- ports: [{port: {{ .port }}}]
{{- end }}
{{- end }}
{{- with $context.Values.networkPolicy.extraEgress }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Allows only the connections that the chart states, those to the database and the broker, and what the user adds. */}}
{{- define "trellis-common.networkpolicy" -}}
{{- $name := .Chart.Name -}}
{{- $policy := .Values.networkPolicy -}}
{{- if $policy.enabled -}}
{{- $connections := include "trellis-common.connections" . | fromJson -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
spec:
  podSelector:
    matchLabels: {app.kubernetes.io/name: {{ $name }}, app.kubernetes.io/component: service}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- with $connections.callers }}
    - ports: [{port: http}]
      from:
        - {{- include "trellis-common.pods" (keys . | sortAlpha) | nindent 10 }}
    {{- end }}
    {{- if $connections.open }}
    - ports: [{port: http}]
    {{- else }}
    {{- $pods := list }}
    {{- range $connections.clients }}{{ $pods = concat $pods .pods }}{{ end }}
    {{- with uniq $pods }}
    - ports: [{port: http}]
      from: {{- toYaml . | nindent 8 }}
    {{- end }}
    {{- end }}
    {{- with $policy.metricsFrom }}
    # in a mesh the sidecar's metrics merged with the application's, whose own port accepts mTLS alone
    - ports: [{port: {{ include "trellis-common.mesh" $ | empty | ternary "management" "15020" }}}]
      from: {{- toYaml . | nindent 8 }}
    {{- end }}
    {{- with $policy.extraIngress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  egress:
    {{- include "trellis-common.egress" (list . "service") | nindent 4 }}
{{- if .Values.database }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}-migration
  labels: {{- include "trellis-common.serviceLabels" (list . "migration") | nindent 4 }}
spec:
  podSelector:
    matchLabels: {app.kubernetes.io/name: {{ $name }}, app.kubernetes.io/component: migration}
  policyTypes: [Ingress, Egress]
  egress:
    {{- include "trellis-common.egress" (list . "migration") | nindent 4 }}
{{- end }}
{{- else }}
{{- range $key := list "extraIngress" "extraEgress" }}
{{- if get $policy $key }}
{{- fail (printf "%s: networkPolicy.%s has no effect while networkPolicy.enabled is false" $name $key) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

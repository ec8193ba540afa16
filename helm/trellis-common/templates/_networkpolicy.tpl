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

{{/* What every pod needs: DNS, and in a mesh the control plane, which configures its sidecar. */}}
{{- define "trellis-common.egressOfEveryone" -}}
- ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
{{- if include "trellis-common.mesh" . }}
- ports: [{port: 15012}]
  to: [{namespaceSelector: {}, podSelector: {matchLabels: {app: istiod}}}]
{{- end }}
{{- end }}

{{/*
Takes a dict: context; callers, neighbours: names of services; gateways: peers that may call it too; open: whether everyone may.
Allows only these connections, and what the user adds.
*/}}
{{- define "trellis-common.networkpolicy" -}}
{{- $name := .context.Chart.Name -}}
{{- $policy := .context.Values.networkPolicy -}}
{{- if $policy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}
  labels: {{- include "trellis-common.serviceLabels" (list .context "service") | nindent 4 }}
spec:
  podSelector:
    matchExpressions:
      - {key: app.kubernetes.io/name, operator: In, values: [{{ $name }}]}
      - {key: app.kubernetes.io/component, operator: In, values: [service, migration]}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- with .callers }}
    - ports: [{port: http}]
      from:
        - {{- include "trellis-common.pods" . | nindent 10 }}
    {{- end }}
    {{- if .open }}
    - ports: [{port: http}]
    {{- else }}
    {{- with .gateways }}
    - ports: [{port: http}]
      from: {{- toYaml . | nindent 8 }}
    {{- end }}
    {{- end }}
    {{- with $policy.metricsFrom }}
    - ports:
        - {port: management}
        {{- if include "trellis-common.mesh" $.context }}
        - {port: 15020} # the sidecar's metrics merged with the application's
        {{- end }}
      from: {{- toYaml . | nindent 8 }}
    {{- end }}
    {{- with $policy.extraIngress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  egress:
    {{- include "trellis-common.egressOfEveryone" .context | nindent 4 }}
    {{- if .context.Values.database }}
    {{- include "trellis-common.egressTo" (list (include "trellis-common.database" .context) (printf "%s-db" $name)) | nindent 4 }}
    {{- end }}
    {{- include "trellis-common.egressTo" (list (include "trellis-common.broker" .context) "kafka") | nindent 4 }}
    {{- with .neighbours }}
    - ports: [{port: 8080}]
      to:
        - {{- include "trellis-common.pods" . | nindent 10 }}
    {{- end }}
    {{- with include "trellis-common.tracing" .context }}
    - ports: [{port: {{ regexFind "[0-9]+$" . }}}]
    {{- end }}
    {{- with $policy.extraEgress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- else }}
{{- range $key := list "extraIngress" "extraEgress" }}
{{- if get $policy $key }}
{{- fail (printf "%s: networkPolicy.%s has no effect while networkPolicy.enabled is false" $name $key) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

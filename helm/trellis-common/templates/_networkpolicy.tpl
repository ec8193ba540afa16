{{/*
Takes comma-separated addresses, `name:port`. A name without dots is a Service of this landscape, named like its pods; any other
is external, so only its port is restricted.
*/}}
{{- define "trellis-common.egressTo" -}}
{{- range $address := splitList "," . }}
{{- $host := regexReplaceAll ":[0-9]+$" $address "" }}
- ports: [{port: {{ regexFind "[0-9]+$" $address }}}]
  {{- if not (contains "." $host) }}
  to: [{podSelector: {matchLabels: {app.kubernetes.io/name: {{ $host }}}}}]
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
  to: [{namespaceSelector: {}, podSelector: {matchLabels: {istio: pilot}}}]
{{- end }}
{{- end }}

{{/*
Takes a dict: context; callers, neighbours: names of services; edge: whether the gateway may call it.
Allows only these connections.
*/}}
{{- define "trellis-common.networkpolicy" -}}
{{- $settings := (include "trellis-common.workload" .context | fromYaml).settings -}}
{{- $name := .context.Chart.Name -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}
  labels: {{- include "trellis-common.labels" (list .context "service") | nindent 4 }}
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
    {{- if and .edge (include "trellis-common.mesh" .context) }}
    - ports: [{port: http}]
      from:
        - podSelector: {matchLabels: {gateway.networking.k8s.io/gateway-name: edge}}
        - podSelector: {matchLabels: {app.kubernetes.io/name: {{ $name }}, app.kubernetes.io/component: test}}
    {{- else if .edge }}
    - ports: [{port: http}] # without a mesh there is no gateway of ours: any client may connect
    {{- end }}
    - ports:
        - {port: management}
        {{- if include "trellis-common.mesh" .context }}
        - {port: 15020} # the sidecar's metrics merged with the application's
        {{- end }}
      from:
        - namespaceSelector: {}
          podSelector: {matchLabels: {app.kubernetes.io/name: prometheus}}
  egress:
    {{- include "trellis-common.egressOfEveryone" .context | nindent 4 }}
    {{- if .context.Values.database }}
    {{- get $settings "database.address" | default (printf "%s-db:5432" $name) | include "trellis-common.egressTo" | nindent 4 }}
    {{- end }}
    {{- get $settings "kafka.bootstrap.servers" | default "kafka:9092" | include "trellis-common.egressTo" | nindent 4 }}
    {{- with .neighbours }}
    - ports: [{port: 8080}]
      to:
        - {{- include "trellis-common.pods" . | nindent 10 }}
    {{- end }}
    {{- with get $settings "quarkus.otel.exporter.otlp.endpoint" }}
    - ports: [{port: {{ regexFind ":[0-9]+" . | trimPrefix ":" }}}]
    {{- end }}
{{- end }}

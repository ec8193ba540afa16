{{/* Takes (list context name component). */}}
{{- define "observability.selector" -}}
{{ include "trellis-common.selector" (dict "context" (index . 0) "name" (index . 1) "component" (index . 2)) }}
{{- end }}

{{/* Takes (list context name component): what the library's templates take, with the version, which is the tag of the image. */}}
{{- define "observability.about" -}}
{{- $values := (index . 0).Values -}}
{{- $part := get (dict "logs" $values.victoriaLogs "traces" $values.jaeger "metrics" $values.victoriaMetrics
    "rules" $values.vmalert "alerts" $values.alertmanager) (index . 2) -}}
{{ ($part | default $values.collector).image.tag }}
{{- end }}

{{/* Takes the same. */}}
{{- define "observability.labels" -}}
{{- $version := include "observability.about" . -}}
{{ include "trellis-common.labels" (dict "context" (index . 0) "name" (index . 1) "component" (index . 2) "version" $version) }}
{{- end }}

{{/* Takes (list context name component port configuration): with a checksum, a pod is replaced when its configuration changes. */}}
{{- define "observability.podMetadata" -}}
{{- $annotations := dict "kubectl.kubernetes.io/default-container" (index . 1)
    "prometheus.io/scrape" "true" "prometheus.io/port" (index . 3 | toString) "prometheus.io/path" "/metrics" -}}
{{- with index . 4 }}{{ $_ := set $annotations "checksum/configuration" (sha256sum .) }}{{ end -}}
{{ include "trellis-common.podMetadata" (dict "context" (index . 0) "name" (index . 1) "component" (index . 2)
    "version" (include "observability.about" .) "annotations" (toYaml $annotations)) }}
{{- end }}

{{/* Takes (list context account usesTheApi). */}}
{{- define "observability.podSpec" -}}
{{- $context := index . 0 -}}
serviceAccountName: {{ index . 1 }}
automountServiceAccountToken: {{ index . 2 }}
enableServiceLinks: false
securityContext:
  {{- include "trellis-common.podSecurityContext" (list $context (dict "runAsNonRoot" true "runAsUser" 10001 "runAsGroup" 10001
      "fsGroup" 10001 "fsGroupChangePolicy" "OnRootMismatch" "seccompProfile" (dict "type" "RuntimeDefault"))) | nindent 2 }}
{{- with include "trellis-common.imagePullSecrets" $context }}
{{ . }}
{{- end }}
{{- with include "trellis-common.scheduling" $context | trim }}
{{ . }}
{{- end }}
{{- end }}

{{/* Takes (list context image resources): fields of a container. */}}
{{- define "observability.container" -}}
image: {{ include "trellis-common.image" (list (index . 0) (index . 1)) | quote }}
imagePullPolicy: {{ (index . 1).pullPolicy }}
securityContext: {{- include "trellis-common.securityContext" . | nindent 2 }}
resources: {{- toYaml (index . 2) | nindent 2 }}
{{- end }}

{{/* Takes a container's resources: four fifths of the memory limit, from which Go collects more often; empty if it isn't in Mi or Gi. */}}
{{- define "observability.goMemoryLimit" -}}
{{- $limit := dig "limits" "memory" "" . | toString -}}
{{- if regexMatch "^[0-9]+[MG]i$" $limit -}}
{{- $number := regexFind "[0-9]+" $limit | int64 -}}
{{ div (mul $number (hasSuffix "Gi" $limit | ternary 1024 1) 4) 5 }}MiB
{{- end -}}
{{- end }}

{{/* Takes (list context size): the volume of a StatefulSet, which stays when the release is uninstalled. */}}
{{- define "observability.data" -}}
{{- $persistence := (first .).Values.persistence -}}
{{- if $persistence.enabled -}}
volumeClaimTemplates:
  - metadata:
      name: data
      labels: {app.kubernetes.io/part-of: trellis}
    spec:
      accessModes: [ReadWriteOnce]
      {{- with $persistence.storageClass }}
      storageClassName: {{ . | quote }}
      {{- end }}
      resources:
        requests: {storage: {{ last . }}}
{{- end }}
{{- end }}

{{/* Takes (list context name component). */}}
{{- define "observability.serviceaccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ index . 1 }}
  labels: {{- include "observability.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- end }}

{{/* Takes (list context name component ports), the ports by name. */}}
{{- define "observability.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ index . 1 }}
  labels: {{- include "observability.labels" . | nindent 4 }}
spec:
  selector: {{- include "observability.selector" . | nindent 4 }}
  ports:
    {{- range $name, $port := index . 3 }}
    {{- $protocol := eq $name "otlp" | ternary "kubernetes.io/h2c" "http" }}
    - {name: {{ $name }}, port: {{ $port }}, targetPort: {{ $name }}, appProtocol: {{ $protocol }}}
    {{- end }}
{{- end }}

{{/*
Takes (list context name component rules): the ClusterRole of an account and its binding. Both are named by namespace and release too, so
that two installs can live side by side.
*/}}
{{- define "observability.clusterrole" -}}
{{- $context := first . -}}
{{- $name := printf "%s-%s-%s" $context.Release.Namespace $context.Release.Name (index . 1) -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ $name }}
  labels: {{- include "observability.labels" . | nindent 4 }}
rules: {{- index . 3 | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ $name }}
  labels: {{- include "observability.labels" . | nindent 4 }}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{ $name }}}
subjects:
  - {kind: ServiceAccount, name: {{ index . 1 }}, namespace: {{ $context.Release.Namespace }}}
{{- end }}

{{/* Takes the name of a part: its pods, as a peer of a NetworkPolicy. */}}
{{- define "observability.pods" -}}
podSelector: {matchLabels: {app.kubernetes.io/name: {{ . }}}}
{{- end }}

{{/* Takes (list context name component ingress egress), both YAML. */}}
{{- define "observability.networkpolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ index . 1 }}
  labels: {{- include "observability.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "observability.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress: {{- index . 3 | nindent 4 }}
  egress: {{- index . 4 | nindent 4 }}
{{- end }}

{{/* Where logs are sent to; empty if nowhere. */}}
{{- define "observability.logs" -}}
{{ .Values.victoriaLogs.enabled | ternary "http://victoria-logs:9428" .Values.victoriaLogs.address }}
{{- end }}

{{- define "observability.traces" -}}
{{ .Values.jaeger.enabled | ternary "http://jaeger:4317" .Values.jaeger.address }}
{{- end }}

{{- define "observability.metrics" -}}
{{ .Values.victoriaMetrics.enabled | ternary "http://victoria-metrics:8428" .Values.victoriaMetrics.address }}
{{- end }}

{{/* Whether there is anything that the agents, or the gateway, could send anywhere; empty if not. */}}
{{- define "observability.agent" -}}
{{- if and .Values.agent.enabled (include "observability.logs" .) }}yes{{ end -}}
{{- end }}

{{- define "observability.gateway" -}}
{{- if or (include "observability.logs" .) (include "observability.traces" .) (include "observability.metrics" .) }}yes{{ end -}}
{{- end }}

{{/* A collector's own metrics. */}}
{{- define "observability.metricsIngress" -}}
- ports: [{port: 8888}]
  from:
    - {{- include "observability.pods" "victoria-metrics" | nindent 6 }}
{{- end }}

{{/* DNS, the API server, whose port differs from cluster to cluster, and backends here or elsewhere. */}}
{{- define "observability.collectorEgress" -}}
{{- include "trellis-common.egressOfEveryone" . }}
- ports: [{port: 443}, {port: 6443}]
{{- if .Values.victoriaLogs.enabled }}
- ports: [{port: 9428}]
  to:
    - {{- include "observability.pods" "victoria-logs" | nindent 6 }}
{{- end }}
{{- if .Values.jaeger.enabled }}
- ports: [{port: 4317}]
  to:
    - {{- include "observability.pods" "jaeger" | nindent 6 }}
{{- end }}
{{- if .Values.victoriaMetrics.enabled }}
- ports: [{port: 8428}]
  to:
    - {{- include "observability.pods" "victoria-metrics" | nindent 6 }}
{{- end }}
{{- range list .Values.victoriaLogs .Values.jaeger .Values.victoriaMetrics }}
{{- if and .address (not .enabled) }}
{{- $usual := hasPrefix "https:" .address | ternary "443" "80" }}
- ports: [{port: {{ regexFind ":[0-9]+$" .address | trimPrefix ":" | default $usual }}}]
{{- end }}
{{- end }}
{{- end }}

{{/* Takes (list context port writers): who sends to a backend, VictoriaMetrics, which scrapes it, and whoever else may read it. */}}
{{- define "observability.backendIngress" -}}
{{- $context := first . -}}
- ports: [{port: {{ index . 1 }}}]
  from:
    {{- range append (index . 2) "victoria-metrics" | uniq }}
    - {{- include "observability.pods" . | nindent 6 }}
    {{- end }}
    {{- with $context.Values.networkPolicy.from }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/* Takes (list path port). */}}
{{- define "observability.probes" -}}
startupProbe:
  httpGet: {path: {{ index . 0 }}, port: {{ index . 1 }}}
  periodSeconds: 2
  failureThreshold: 60
readinessProbe:
  httpGet: {path: {{ index . 0 }}, port: {{ index . 1 }}}
  periodSeconds: 5
livenessProbe:
  httpGet: {path: {{ index . 0 }}, port: {{ index . 1 }}}
  periodSeconds: 10
  failureThreshold: 6
{{- end }}

{{/* Takes (list context name component values port configuration container), the container's own fields as YAML. */}}
{{- define "observability.backend" -}}
{{- $context := index . 0 -}}
{{- $name := index . 1 -}}
{{- $values := index . 3 -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ $name }}
  labels: {{- include "observability.labels" . | nindent 4 }}
spec:
  serviceName: {{ $name }}
  replicas: 1
  revisionHistoryLimit: 3
  selector:
    matchLabels: {{- include "observability.selector" . | nindent 6 }}
  template:
    metadata: {{- include "observability.podMetadata" (list $context $name (index . 2) (index . 4) (index . 5)) | nindent 6 }}
    spec:
      {{- include "observability.podSpec" (list $context $name (eq $name "victoria-metrics")) | nindent 6 }}
      containers:
        - name: {{ $name }}
          {{- include "observability.container" (list $context $values.image $values.resources) | nindent 10 }}
          {{- with include "observability.goMemoryLimit" $values.resources }}
          env: [{name: GOMEMLIMIT, value: {{ . }}}]
          {{- end }}
          {{- index . 6 | nindent 10 }}
          volumeMounts:
            - {name: data, mountPath: /data}
            {{- if eq $name "victoria-metrics" }}
            - {name: cache, mountPath: /data/cache} # saved caches take 96 MiB when they are read again, and a tenth when they grow anew
            {{- end }}
            {{- if index . 5 }}
            - {name: configuration, mountPath: /etc/{{ $name }}, readOnly: true}
            {{- end }}
            {{- range $values.secrets }}
            - {name: {{ . | replace "." "-" }}, mountPath: /etc/{{ $name }}-secrets/{{ . }}, readOnly: true}
            {{- end }}
      volumes:
        {{- range $values.secrets }}
        - name: {{ . | replace "." "-" }}
          secret: {secretName: {{ . }}}
        {{- end }}
        {{- if index . 5 }}
        - name: configuration
          configMap: {name: {{ $name }}}
        {{- end }}
        {{- if eq $name "victoria-metrics" }}
        - {name: cache, emptyDir: {sizeLimit: 256Mi}}
        {{- end }}
        {{- if not $context.Values.persistence.enabled }}
        - {name: data, emptyDir: {}}
        {{- end }}
  {{- include "observability.data" (list $context $values.storage) | nindent 2 }}
{{- end }}

{{/* Takes (list context name component file configuration). */}}
{{- define "observability.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ index . 1 }}
  labels: {{- include "observability.labels" . | nindent 4 }}
data:
  {{ index . 3 }}: |
    {{- index . 4 | nindent 4 }}
{{- end }}

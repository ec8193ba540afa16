{{/* How long running requests may take to finish, in seconds: the application's own setting. */}}
{{- define "trellis-common.drainSeconds" -}}
{{- get (include "trellis-common.settings" . | fromJson) "quarkus.shutdown.timeout" | default "10s" | trimSuffix "s" -}}
{{- end }}

{{- define "trellis-common.serviceContainer" -}}
ports:
  - {name: http, containerPort: 8080}
  - {name: management, containerPort: 9000}
{{- $environment := list . }}
{{- with include "trellis-common.tracingEnvironment" . | fromYamlArray }}
{{- range . }}{{ $environment = append $environment (toJson .) }}{{ end }}
{{- end }}
{{- if include "trellis-common.liveReload" . }}
{{- $environment = append $environment "{name: QUARKUS_LAUNCH_DEVMODE, value: \"true\"}" }}
{{- end }}
{{- with include "trellis-common.environment" $environment | trim }}
env:
  {{- . | nindent 2 }}
{{- end }}
startupProbe:
  httpGet: {path: /q/health/started, port: management}
  periodSeconds: 1
  failureThreshold: 240
  timeoutSeconds: 2
readinessProbe:
  httpGet: {path: /q/health/ready, port: management}
  periodSeconds: 2
  failureThreshold: 2
  timeoutSeconds: 2
livenessProbe:
  httpGet: {path: /q/health/live, port: management}
  periodSeconds: 10
  failureThreshold: 3
  timeoutSeconds: 5
lifecycle:
  preStop:
    sleep: {seconds: 5} # until no client has this endpoint any more
{{- end }}

{{- define "trellis-common.deploymentAnnotations" -}}
kubectl.kubernetes.io/default-container: {{ .Chart.Name }}
checksum/configuration: {{ include "trellis-common.properties" . | trim | sha256sum }}
checksum/java: {{ include "trellis-common.javaOptions" . | sha256sum }}
prometheus.io/scrape: "true"
prometheus.io/port: "9000"
prometheus.io/path: /q/metrics
{{- if include "trellis-common.mesh" . }}
proxy.istio.io/config: |
  proxyStatsMatcher:
    inclusionRegexps:
      {{- range list
          "http\\.inbound_.*\\.downstream_rq_[1-5]xx"
          "cluster\\.outbound\\|.*\\.upstream_rq_([1-5]xx|timeout|retry|retry_success|pending_overflow)"
          "cluster\\.outbound\\|.*\\.upstream_cx_(active|connect_fail|overflow)"
          "cluster\\.outbound\\|.*\\.outlier_detection\\.ejections_(active|enforced_total)" }}
      - {{ . | squote }}
      {{- end }}
{{- end }}
{{- end }}

{{- define "trellis-common.deployment" -}}
{{- $selector := include "trellis-common.selector" (dict "context" . "component" "service") | fromYaml -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
spec:
  {{- if not (or .Values.autoscaling.enabled (kindIs "invalid" .Values.replicaCount)) }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  revisionHistoryLimit: 3
  progressDeadlineSeconds: 300
  minReadySeconds: 20 # the old instance serves most requests while the new one warms up
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector:
    matchLabels: {{- toYaml $selector | nindent 6 }}
  template:
    metadata:
      {{- include "trellis-common.podMetadata" (dict "context" . "component" "service" "version" (include "trellis-common.serviceVersion" .)
          "annotations" (include "trellis-common.deploymentAnnotations" .)) | nindent 6 }}
    spec:
      terminationGracePeriodSeconds: {{ add 5 (include "trellis-common.drainSeconds" . | int) 10 }}
      {{- with .Values.topologySpreadConstraints }}
      topologySpreadConstraints:
        {{- range . }}
        {{- $constraint := deepCopy . }}
        {{- if not (hasKey . "labelSelector") }}
        {{- $_ := set $constraint "labelSelector" (dict "matchLabels" $selector) }}
        {{- if not (hasKey . "matchLabelKeys") }}{{ $_ := set $constraint "matchLabelKeys" (list "pod-template-hash") }}{{ end }}
        {{- end }}
        - {{- toYaml $constraint | nindent 10 }}
        {{- end }}
      {{- end }}
      {{- include "trellis-common.podSpec" (list . (include "trellis-common.serviceContainer" .)) | nindent 6 }}
{{- end }}

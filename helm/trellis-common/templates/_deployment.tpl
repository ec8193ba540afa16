{{/* How long running requests may take to finish, in seconds: the application's own setting. */}}
{{- define "trellis-common.drainSeconds" -}}
{{- get (include "trellis-common.workload" . | fromYaml).settings "quarkus.shutdown.timeout" | default "10s" | trimSuffix "s" -}}
{{- end }}

{{- define "trellis-common.serviceContainer" -}}
ports:
  - {name: http, containerPort: 8080}
  - {name: management, containerPort: 9000}
{{- with printf "%s\n%s" (include "trellis-common.databaseEnvironment" .) (include "trellis-common.liveReloadEnvironment" .) | trim }}
env: {{- . | nindent 2 }}
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

{{- define "trellis-common.deployment" -}}
{{- $workload := include "trellis-common.workload" . | fromYaml -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.labels" (list . "service") | nindent 4 }}
spec:
  {{- if not $workload.scale.autoscale }}
  replicas: {{ $workload.scale.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  progressDeadlineSeconds: 300
  minReadySeconds: 20 # the old instance serves most requests while the new one warms up
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector:
    matchLabels: {{- include "trellis-common.selector" (list . "service") | nindent 6 }}
  template:
    metadata:
      {{- include "trellis-common.podMetadata" (list . "service") | nindent 6 }}
        checksum/configuration: {{ include "trellis-common.properties" . | trim | sha256sum }}
        checksum/java: {{ include "trellis-common.javaOptions" . | trim | sha256sum }}
        prometheus.io/scrape: "true"
        prometheus.io/port: "9000"
        prometheus.io/path: /q/metrics
    spec:
      terminationGracePeriodSeconds: {{ add 5 (include "trellis-common.drainSeconds" . | int) 10 }}
      topologySpreadConstraints:
        {{- range $topology := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
        - topologyKey: {{ $topology }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "trellis-common.selector" (list $ "service") | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
        {{- end }}
      {{- include "trellis-common.podSpec" (list . "service" (include "trellis-common.serviceContainer" .)) | nindent 6 }}
{{- end }}

{{/* Scales on the CPU of the application, not of its sidecar: up at once, down only once the load has stayed low. */}}
{{- define "trellis-common.horizontalpodautoscaler" -}}
{{- $scale := (include "trellis-common.workload" . | fromYaml).scale -}}
{{- if $scale.autoscale -}}
{{- if gt (int $scale.min) (int $scale.max) }}
{{- fail (printf "%s.scale: min is %v, above max, which is %v" .Chart.Name $scale.min $scale.max) }}
{{- end -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.labels" (list . "service") | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ .Chart.Name }}}
  minReplicas: {{ $scale.min }}
  maxReplicas: {{ $scale.max }}
  metrics:
    - type: ContainerResource
      containerResource:
        name: cpu
        container: {{ .Chart.Name }}
        target: {type: Utilization, averageUtilization: {{ $scale.cpuPercent }}}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 0}
    scaleDown: {stabilizationWindowSeconds: {{ $scale.settleSeconds }}}
{{- end }}
{{- end }}

{{/* One at a time, so that a single instance can be evicted too; a percentage or a minimum would prevent that. */}}
{{- define "trellis-common.poddisruptionbudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.labels" (list . "service") | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "trellis-common.selector" (list . "service") | nindent 6 }}
{{- end }}

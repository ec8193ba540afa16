{{/* Scales on the CPU of the application, not of its sidecar. */}}
{{- define "trellis-common.horizontalpodautoscaler" -}}
{{- $scale := .Values.autoscaling -}}
{{- if $scale.enabled -}}
{{- if gt (int $scale.minReplicas) (int $scale.maxReplicas) }}
{{- fail (printf "%s: autoscaling.minReplicas is %v, above maxReplicas, which is %v" .Chart.Name $scale.minReplicas $scale.maxReplicas) }}
{{- end -}}
{{- if not (dig "requests" "cpu" "" .Values.resources) }}
{{- fail (printf "%s: autoscaling needs resources.requests.cpu, of which it counts the percentage" .Chart.Name) }}
{{- end -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ .Chart.Name }}}
  minReplicas: {{ $scale.minReplicas }}
  maxReplicas: {{ $scale.maxReplicas }}
  metrics:
    - type: ContainerResource
      containerResource:
        name: cpu
        container: {{ .Chart.Name }}
        target: {type: Utilization, averageUtilization: {{ $scale.targetCPUUtilizationPercentage }}}
  {{- with $scale.behavior }}
  behavior: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "trellis-common.poddisruptionbudget" -}}
{{- $budget := .Values.podDisruptionBudget -}}
{{- if $budget.enabled -}}
{{- $limits := pick $budget "maxUnavailable" "minAvailable" -}}
{{- range $limit, $value := $limits }}{{ if kindIs "invalid" $value }}{{ $_ := unset $limits $limit }}{{ end }}{{ end -}}
{{- if hasKey $limits "minAvailable" }}{{ $_ := unset $limits "maxUnavailable" }}{{ end -}}
{{- if not $limits }}
{{- fail (printf "%s: podDisruptionBudget needs maxUnavailable or minAvailable" .Chart.Name) }}
{{- end -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "trellis-common.serviceLabels" (list . "service") | nindent 4 }}
spec:
  {{- toYaml $limits | nindent 2 }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "trellis-common.selector" (dict "context" . "component" "service") | nindent 6 }}
{{- end }}
{{- end }}

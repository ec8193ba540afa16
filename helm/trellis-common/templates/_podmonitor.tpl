{{/* How Prometheus finds the service's pods, as JSON: its own values, and of what it has none, those of all services. */}}
{{- define "trellis-common.podMonitor" -}}
{{- $own := .Values.metrics.podMonitor -}}
{{- $all := dig "metrics" "podMonitor" dict (default dict .Values.global) -}}
{{- $enabled := eq (toString $own.enabled) "" | ternary $all.enabled $own.enabled | toString -}}
{{- $known := .Capabilities.APIVersions.Has "monitoring.coreos.com/v1/PodMonitor" -}}
{{- dict "enabled" (or (eq $enabled "true") (and (eq $enabled "auto") $known))
    "labels" (merge dict $own.labels ($all.labels | default dict)) "interval" ($own.interval | default $all.interval) | toJson -}}
{{- end }}

{{/*
By Prometheus' operator. In a mesh the port where a sidecar's metrics are merged with the application's is declared by no container, so it
takes the place of one that the sidecar declares. Of a proxy's metrics those about its control plane and its start are left out.
*/}}
{{- define "trellis-common.podmonitor" -}}
{{- $monitor := include "trellis-common.podMonitor" . | fromJson -}}
{{- if $monitor.enabled -}}
{{- $labels := include "trellis-common.serviceLabels" (list . "service") | fromYaml -}}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ .Chart.Name }}
  labels: {{- merge $labels $monitor.labels | toYaml | nindent 4 }}
spec:
  selector:
    matchLabels: {{- include "trellis-common.selector" (dict "context" . "component" "service") | nindent 6 }}
  podMetricsEndpoints:
    {{- if include "trellis-common.mesh" . }}
    - port: http-envoy-prom
      path: /stats/prometheus
    {{- else }}
    - port: management
      path: /q/metrics
    {{- end }}
      {{- with $monitor.interval }}
      interval: {{ . }}
      {{- end }}
      relabelings:
        {{- if include "trellis-common.mesh" . }}
        - {sourceLabels: [__address__], regex: '(.+):\d+', replacement: '$1:15020', targetLabel: __address__}
        {{- end }}
        - {sourceLabels: [__meta_kubernetes_pod_node_name], targetLabel: node}
        - {sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_name], targetLabel: service}
        - {sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_version], targetLabel: version}
      {{- if include "trellis-common.mesh" . }}
      metricRelabelings:
        - {sourceLabels: [cluster_name], regex: xds-grpc, action: drop}
        - {sourceLabels: [__name__], regex: 'envoy_(cluster_manager|listener_manager|server|wasm)_.*|istio_agent_.*', action: drop}
      {{- end }}
{{- end }}
{{- end }}

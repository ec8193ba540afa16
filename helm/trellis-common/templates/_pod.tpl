{{/* What Pod Security `restricted` requires of every pod. */}}
{{- define "trellis-common.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "trellis-common.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities: {drop: [ALL]}
{{- end }}

{{/* Takes (list context component). The sidecar starts before the application and ends after it, also in a job. */}}
{{- define "trellis-common.podMetadata" -}}
{{- $chart := first . -}}
labels:
  {{- include "trellis-common.selector" . | nindent 2 }}
  app.kubernetes.io/part-of: trellis
  app.kubernetes.io/version: {{ include "trellis-common.version" $chart | quote }}
  {{- if include "trellis-common.mesh" $chart }}
  sidecar.istio.io/inject: "true"
  {{- end }}
annotations:
  kubectl.kubernetes.io/default-container: {{ $chart.Chart.Name }}
  {{- if include "trellis-common.mesh" $chart }}
  {{- include "trellis-common.sidecar" $chart | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
Annotations for the sidecar injector. With a smaller CPU request, the sidecar forwards responses seconds late while a JVM starts
beside it, since a busy CPU is shared in proportion to requests. Measured: 4 millicores when idle, 31 at 60 requests a second.
*/}}
{{- define "trellis-common.sidecar" -}}
{{- $sidecar := default dict (default dict (default dict .Values.global).mesh).sidecar -}}
sidecar.istio.io/nativeSidecar: "true"
sidecar.istio.io/proxyCPU: {{ default "20m" $sidecar.cpu | quote }}
sidecar.istio.io/proxyMemory: {{ default "64Mi" $sidecar.memory | quote }}
{{- end }}

{{/* Takes (list context component container). The container runs the service's image with its configuration. */}}
{{- define "trellis-common.podSpec" -}}
{{- $chart := index . 0 -}}
{{- $workload := include "trellis-common.workload" $chart | fromYaml -}}
serviceAccountName: {{ $chart.Chart.Name }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "trellis-common.podSecurityContext" $chart | nindent 2 }}
{{- with $workload.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ $chart.Chart.Name }}
    image: {{ include "trellis-common.image" $chart | quote }}
    imagePullPolicy: {{ $workload.image.pullPolicy }}
    securityContext: {{- include "trellis-common.securityContext" $chart | nindent 6 }}
    resources: {{- toYaml $workload.resources | nindent 6 }}
    volumeMounts:
      - {name: configuration, mountPath: /deployments/config, readOnly: true}
      - {name: tmp, mountPath: /tmp}
      {{- if include "trellis-common.liveReload" $chart }}
      - {name: classes, mountPath: /deployments/dev/app}
      {{- end }}
    {{- index . 2 | nindent 4 }}
volumes:
  - name: configuration
    configMap: {name: {{ $chart.Chart.Name }}}
  - name: tmp
    emptyDir: {sizeLimit: 64Mi}
  {{- if include "trellis-common.liveReload" $chart }}
  - name: classes
    emptyDir: {sizeLimit: 64Mi}
  {{- end }}
{{- end }}

{{/* Whether running pods load changed classes, which helm/reload copies to them; empty if not. */}}
{{- define "trellis-common.liveReload" -}}
{{- if (default dict .Values.global).liveReload }}yes{{ end -}}
{{- end }}

{{- define "trellis-common.liveReloadEnvironment" -}}
{{- if include "trellis-common.liveReload" . }}
- {name: QUARKUS_LAUNCH_DEVMODE, value: "true"}
{{- end }}
{{- end }}

{{/* The service's database credentials: by reference to a Secret, never by value. */}}
{{- define "trellis-common.databaseEnvironment" -}}
{{- with .Values.database }}
{{- range $variable, $key := dict "DATABASE_USERNAME" "username" "DATABASE_PASSWORD" "password" }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef: {name: {{ $.Values.database.secret | quote }}, key: {{ $key }}}
{{- end }}
{{- end }}
{{- end }}

{{/* What every pod of the landscape has to say to be admitted where Pod Security is `restricted`. */}}
{{- define "common.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "common.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities: {drop: [ALL]}
{{- end }}

{{/* Takes (list context component). The sidecar starts before the application and ends after it, or after a job's work. */}}
{{- define "common.podMetadata" -}}
{{- $chart := first . -}}
labels:
  {{- include "common.selector" . | nindent 2 }}
  app.kubernetes.io/part-of: trellis
  app.kubernetes.io/version: {{ include "common.version" $chart | quote }}
  {{- if include "common.mesh" $chart }}
  sidecar.istio.io/inject: "true"
  {{- end }}
annotations:
  kubectl.kubernetes.io/default-container: {{ $chart.Chart.Name }}
  {{- if include "common.mesh" $chart }}
  {{- include "common.sidecar" $chart | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
What the injector is told of a pod's sidecar. Less CPU than this, next to a JVM that starts, and it passes answers on seconds late: where
the CPU is short each gets as much of it as it has asked for in proportion. Seen: 4 millicores when idle, 31 at 60 requests a second.
*/}}
{{- define "common.sidecar" -}}
{{- $sidecar := default dict (default dict (default dict .Values.global).mesh).sidecar -}}
sidecar.istio.io/nativeSidecar: "true"
sidecar.istio.io/proxyCPU: {{ default "20m" $sidecar.cpu | quote }}
sidecar.istio.io/proxyMemory: {{ default "64Mi" $sidecar.memory | quote }}
{{- end }}

{{/* Takes (list context component container). The container is the service's image with its configuration. */}}
{{- define "common.podSpec" -}}
{{- $chart := index . 0 -}}
{{- $workload := include "common.workload" $chart | fromYaml -}}
serviceAccountName: {{ $chart.Chart.Name }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "common.podSecurityContext" $chart | nindent 2 }}
{{- with $workload.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ $chart.Chart.Name }}
    image: {{ include "common.image" $chart | quote }}
    imagePullPolicy: {{ $workload.image.pullPolicy }}
    securityContext: {{- include "common.securityContext" $chart | nindent 6 }}
    resources: {{- toYaml $workload.resources | nindent 6 }}
    volumeMounts:
      - {name: configuration, mountPath: /deployments/config, readOnly: true}
      - {name: tmp, mountPath: /tmp}
      {{- if include "common.liveReload" $chart }}
      - {name: classes, mountPath: /deployments/dev/app}
      {{- end }}
    {{- index . 2 | nindent 4 }}
volumes:
  - name: configuration
    configMap: {name: {{ $chart.Chart.Name }}}
  - name: tmp
    emptyDir: {sizeLimit: 64Mi}
  {{- if include "common.liveReload" $chart }}
  - name: classes
    emptyDir: {sizeLimit: 64Mi}
  {{- end }}
{{- end }}

{{/* Whether changed classes are taken up by running pods, as helm/reload brings them: text, empty for no. */}}
{{- define "common.liveReload" -}}
{{- if (default dict .Values.global).liveReload }}yes{{ end -}}
{{- end }}

{{- define "common.liveReloadEnvironment" -}}
{{- if include "common.liveReload" . }}
- {name: QUARKUS_LAUNCH_DEVMODE, value: "true"}
{{- end }}
{{- end }}

{{/* Who the service is to its database: by reference to a Secret, never by value. */}}
{{- define "common.databaseEnvironment" -}}
{{- with .Values.database }}
{{- range $variable, $key := dict "DATABASE_USERNAME" "username" "DATABASE_PASSWORD" "password" }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef: {name: {{ $.Values.database.secret | quote }}, key: {{ $key }}}
{{- end }}
{{- end }}
{{- end }}

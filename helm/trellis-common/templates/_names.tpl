{{/*
The service's settings: the defaults of all services, overridden by `global`, overridden by the service's own. Settings of databases
and updates are left out for a service that has neither.
*/}}
{{- define "trellis-common.workload" -}}
{{- $workload := deepCopy (index .Values "trellis-common").workload -}}
{{- range $level := list (default dict .Values.global) .Values -}}
{{- $workload = mergeOverwrite $workload (deepCopy (pick $level "image" "scale" "resources" "java" "settings")) -}}
{{- end -}}
{{- if not .Values.database -}}
{{- range $name, $_ := $workload.settings -}}
{{- if regexMatch "^(database|quarkus[.]datasource|updates)[.]" $name }}{{ $_ := unset $workload.settings $name }}{{ end -}}
{{- end -}}
{{- end -}}
{{- toYaml $workload -}}
{{- end }}

{{- define "trellis-common.image" -}}
{{- $image := (include "trellis-common.workload" . | fromYaml).image -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{- default (printf "trellis/%s" .Chart.Name) $image.repository -}}
:{{ default .Chart.AppVersion $image.tag }}
{{- with $image.digest }}@{{ . }}{{ end -}}
{{- end }}

{{/* The version as a valid label value: it begins and ends with a letter or a digit. */}}
{{- define "trellis-common.version" -}}
{{- $image := (include "trellis-common.workload" . | fromYaml).image -}}
{{- regexFind "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?" (default .Chart.AppVersion $image.tag) -}}
{{- end }}

{{/* Takes (list context component). Nothing in it changes between revisions, as selectors require. */}}
{{- define "trellis-common.selector" -}}
app.kubernetes.io/name: {{ (first .).Chart.Name }}
app.kubernetes.io/component: {{ last . }}
{{- end }}

{{/* Takes (list context component). */}}
{{- define "trellis-common.labels" -}}
{{- $chart := first . -}}
{{ include "trellis-common.selector" . }}
app.kubernetes.io/part-of: trellis
app.kubernetes.io/version: {{ include "trellis-common.version" $chart | quote }}
app.kubernetes.io/managed-by: {{ $chart.Release.Service }}
helm.sh/chart: {{ $chart.Chart.Name }}-{{ $chart.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Whether the release is part of a mesh; empty if not. */}}
{{- define "trellis-common.mesh" -}}
{{- if (default dict (default dict .Values.global).mesh).enabled }}yes{{ end -}}
{{- end }}

{{/*
Takes (list context duration), such as 5m: as long as it is with `alerting.windowScale`, five seconds at least, so that a scraped series has
a sample in it.
*/}}
{{- define "observability.scaled" -}}
{{- $unit := get (dict "s" 1 "m" 60 "h" 3600 "d" 86400) (last . | regexFind "[a-z]$") -}}
{{- $seconds := max 5 (div (mul (last . | regexFind "^[0-9]+" | int64) $unit) (int64 (first .).Values.alerting.windowScale)) -}}
{{- if eq 0 (mod $seconds 86400) -}}{{ div $seconds 86400 }}d
{{- else if eq 0 (mod $seconds 3600) -}}{{ div $seconds 3600 }}h
{{- else if eq 0 (mod $seconds 60) -}}{{ div $seconds 60 }}m
{{- else -}}{{ $seconds }}s
{{- end -}}
{{- end }}

{{/* What stands for `<<name>>` in the rules, as JSON. Budgets are shares: of requests that may fail, or be slow. */}}
{{- define "observability.objectives" -}}
{{- $objectives := .Values.alerting.objectives -}}
{{- $seconds := dict "25ms" "0.025" "100ms" "0.1" "400ms" "0.4" "900ms" "0.9" "1900ms" "1.9" "5s" "5.0" -}}
{{- dict "availability" $objectives.availability "latency" $objectives.latency "latencyText" $objectives.latencyBelow
    "failingBudget" (printf "(1 - %v / 100)" $objectives.availability) "slowBudget" (printf "(1 - %v / 100)" $objectives.latency)
    "latencyBelow" (get $seconds $objectives.latencyBelow) "minimumFailures" $objectives.minimumFailures | toJson -}}
{{- end }}

{{/* Where the runbooks are: those of this version in the repository, if nothing else is said. */}}
{{- define "observability.runbooks" -}}
{{ .Values.alerting.runbooks | default (printf "%s/blob/v%s/docs/runbooks" (first .Chart.Sources) .Chart.AppVersion) | trimSuffix "/" }}
{{- end }}

{{/*
Takes (list context rule): the rules that it is, as YAML. One with `each` is one for each of these, with their values for `<<name>>`.
Windows, `[5m]`, are scaled, also in labels and annotations, which show them without brackets.
*/}}
{{- define "observability.rule" -}}
{{- $context := first . -}}
{{- $rule := last . -}}
{{- range $values := $rule.each | default (list dict) -}}
{{- $text := omit $rule "each" | toYaml -}}
{{- range $name, $value := merge dict $values (include "observability.objectives" $context | fromJson) -}}
{{- $text = replace (printf "<<%s>>" $name) (toString $value) $text -}}
{{- end -}}
{{- $one := fromYaml $text -}}
{{- $shown := $one | toJson -}}
{{- $expression := $one.expr -}}
{{- range regexFindAll "\\[[0-9]+[smhd]\\]" $shown -1 | uniq -}}
{{- $scaled := trimAll "[]" . | list $context | include "observability.scaled" -}}
{{- $expression = replace . (printf "{%s}" $scaled) $expression -}}
{{- $shown = replace . (printf "{%s}" $scaled) $shown -}}
{{- end -}}
{{- $one = regexReplaceAll "\\{([0-9]+[smhd])\\}" $shown "${1}" | fromJson -}}
{{- $_ := set $one "expr" (regexReplaceAll "\\{([0-9]+[smhd])\\}" $expression "[${1}]") -}}
{{- with $one.for }}{{ $_ := set $one "for" (include "observability.scaled" (list $context .)) }}{{ end -}}
{{- with $one.alert -}}
{{- $_ := set $one.annotations "runbook_url" (printf "%s/%s.md" (include "observability.runbooks" $context) .) -}}
{{- end }}
- {{ toYaml $one | indent 2 | trim }}
{{- end -}}
{{- end }}

{{/* All groups of rules, of the files of `files/rules`. */}}
{{- define "observability.rules" -}}
{{- $context := . -}}
groups:
{{- range $path, $content := .Files.Glob "files/rules/*.yaml" }}
{{- range (toString $content | fromYaml).groups }}
  - name: {{ .name }}
    interval: {{ include "observability.scaled" (list $context .interval) }}
    rules:
      {{- range .rules }}
      {{- include "observability.rule" (list $context .) | trim | nindent 6 }}
      {{- end }}
{{- end }}
{{- end }}
{{- end }}

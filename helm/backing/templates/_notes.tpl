{{/* What a user has to know of the data, for whichever chart was installed. */}}
{{- define "backing.notes" -}}
Databases and broker are for demonstrations only: one instance each, no backup.
{{- if .Values.persistence.enabled }}
`helm uninstall` keeps the data (PersistentVolumeClaims data-*-db-0, data-kafka-0) and the Secrets *-db; the next install of a release
called {{ .Release.Name }} in this namespace finds both (of another name with --take-ownership). To forget them:
  kubectl -n {{ .Release.Namespace }} delete persistentvolumeclaims,secrets -l app.kubernetes.io/part-of=trellis
{{- else }}
The data goes with the pods. `helm uninstall` keeps the Secrets *-db.
{{- end }}
{{- end }}

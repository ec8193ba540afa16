{{/* What a user has to know about the data; also part of the umbrella's notes. */}}
{{- define "backing.notes" -}}
Databases and broker are for demonstrations only: one instance each, no backup.
{{- if .Values.persistence.enabled }}
`helm uninstall` keeps the data (PersistentVolumeClaims data-*-db-0, data-kafka-0) and the Secrets *-db; the next install of a release
called {{ .Release.Name }} in this namespace reuses both (under another name with --take-ownership). To delete them:
  kubectl -n {{ .Release.Namespace }} delete persistentvolumeclaims,secrets -l app.kubernetes.io/part-of=trellis
{{- else }}
The data is deleted with the pods. `helm uninstall` keeps the Secrets *-db.
{{- end }}
{{- end }}

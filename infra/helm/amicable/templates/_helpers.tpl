{{- define "amicable.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "amicable.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{/* Labels that never change: a Deployment is found by them. Called with (list $ component). */}}
{{- define "amicable.selector" -}}
app.kubernetes.io/name: amicable
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "amicable.labels" -}}
{{ include "amicable.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
{{- end -}}

{{/* The settings of every container: secrets as files, nothing secret in the environment. */}}
{{- define "amicable.env" -}}
- { name: TMPDIR, value: /tmp }
- { name: TEMPORAL_ADDRESS, value: {{ required "temporal.address: say where Temporal's frontend is, host:port" .Values.temporal.address | quote }} }
- { name: TEMPORAL_NAMESPACE, value: {{ .Values.temporal.namespace | quote }} }
{{- if eq .Values.temporal.authentication "config" }}
- { name: TEMPORAL_CONFIG_FILE, value: /run/secrets/temporal/temporal.toml }
{{- else if eq .Values.temporal.authentication "certificate" }}
- { name: TEMPORAL_TLS, value: "true" }
- { name: TEMPORAL_TLS_CLIENT_CERT_PATH, value: /run/secrets/temporal/tls.crt }
- { name: TEMPORAL_TLS_CLIENT_KEY_PATH, value: /run/secrets/temporal/tls.key }
{{- end }}
{{- range .Values.secrets.keys }}
- { name: {{ . }}_FILE, value: /run/secrets/amicable/{{ . }} }
{{- end }}
{{- if .Values.customerPage.enabled }}{{ include "amicable.customerPage" . }}{{ end }}
{{- range $name, $value := .Values.settings }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end -}}

{{/* Under which address customers reach their page: workers write it into letters. */}}
{{- define "amicable.customerPage" -}}
{{- if not (has "AMICABLE_REPLIES__SECRET" .Values.secrets.keys) -}}
{{- fail "customerPage: its links are signed, so secrets.keys must name AMICABLE_REPLIES__SECRET" -}}
{{- end -}}
{{- if not .Values.gateway.enabled -}}
{{- fail "customerPage: the gateway shows it, so gateway.enabled must be true" -}}
{{- end -}}
{{- if not (get .Values.settings "AMICABLE_TRUSTED_PROXIES") -}}
{{- fail "customerPage: name the networks of your ingress in settings.AMICABLE_TRUSTED_PROXIES, or one guesser would shut out everybody" -}}
{{- end -}}
{{- if not (get .Values.settings "AMICABLE_API__PUBLIC_URL") -}}
{{- if not .Values.gateway.ingress.enabled -}}
{{- fail "customerPage: say in settings.AMICABLE_API__PUBLIC_URL, or by gateway.ingress, under which address customers reach it" -}}
{{- end }}
- { name: AMICABLE_API__PUBLIC_URL, value: {{ printf "https://%s" .Values.gateway.ingress.host | quote }} }
{{- end -}}
{{- end -}}

{{- define "amicable.mounts" -}}
- { name: scratch, mountPath: /tmp }
- { name: home, mountPath: /var/lib/amicable }
- { name: secrets, mountPath: /run/secrets/amicable, readOnly: true }
{{- if ne .Values.temporal.authentication "none" }}
- { name: temporal, mountPath: /run/secrets/temporal, readOnly: true }
{{- end }}
{{- end -}}

{{- define "amicable.volumes" -}}
- name: scratch
  emptyDir: { sizeLimit: 256Mi }
- name: home
{{- if .Values.storage.existingClaim }}
  persistentVolumeClaim: { claimName: {{ .Values.storage.existingClaim }} }
{{- else }}
  emptyDir: { sizeLimit: 1Gi }
{{- end }}
- name: secrets
  secret:
    secretName: {{ .Values.secrets.name }}
    defaultMode: 0440
    items:
    {{- range .Values.secrets.keys }}
      - { key: {{ . }}, path: {{ . }} }
    {{- end }}
{{- if ne .Values.temporal.authentication "none" }}
- name: temporal
  secret:
    secretName: {{ required "temporal.secret: name the Secret that holds what temporal.authentication asks for" .Values.temporal.secret }}
    defaultMode: 0440
{{- end }}
{{- end -}}

{{/* What all pods have in common: no token, no root, no rights. */}}
{{- define "amicable.pod" -}}
serviceAccountName: {{ .Values.serviceAccount.name }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  {{- include "amicable.volumes" . | nindent 2 }}
{{- end -}}

{{- define "amicable.container" -}}
image: {{ include "amicable.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{/* Replicas keep apart where they can. */}}
{{- define "amicable.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "amicable.selector" . | nindent 8 }}
{{- end -}}

{{/* Prometheus finds figures by these. Called with (list $ port). */}}
{{- define "amicable.annotations" -}}
{{- $root := index . 0 -}}
{{- if $root.Values.metrics.enabled }}
prometheus.io/scrape: "true"
prometheus.io/port: {{ index . 1 | quote }}
{{- end }}
{{- with $root.Values.podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end -}}

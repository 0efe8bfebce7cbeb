import { expect, test } from 'vitest';
import { isSecretFile } from '../../src/indexing/secretFiles.ts';

test.each([
  ...['.env', 'app/.env.production', '.env-local', '.envrc', 'deploy/production.env', '.ENV'],
  ...['keys/id_rsa', '.ssh/config', 'server.key', 'certs/site.pem', 'release.keystore', 'cert.p12', 'ca.crt'],
  ...['.npmrc', 'web/.yarnrc.yml', '.netrc', '_netrc', '.pypirc', '.git-credentials', 'auth.json'],
  ...['.aws/credentials', '.docker/config.json', '.kube/config', 'kubeconfig', 'staging.kubeconfig'],
  ...[
    'credentials.json',
    'config/secrets.yml',
    'google-services.json',
    'client_secret_12.json',
    'k8s/db.secrets.yaml',
  ],
  ...['infra/terraform.tfstate', 'terraform.tfstate.backup', 'prod.auto.tfvars', 'C:\\app\\.env'],
])('%s may hold secrets', path => {
  expect(isSecretFile(path)).toBe(true);
});

test.each([
  ...['.env.example', 'app/.env.sample', '.env.template', 'credentials.json.example', '.env.example.local'],
  ...['src/environment.ts', 'src/env.ts', 'vite-env.d.ts', 'env/readme.md'],
  ...['src/credentials.ts', 'lib/secrets.py', 'src/password.rb', 'SecretStore.java', 'src/keys.ts'],
  ...['.aws/task-definition.json', '.docker/Dockerfile', '.azure/pipelines.yml', 'src/auth.ts', 'main.tf'],
  ...['src/vault.ts', 'monkey', 'config/database.yml'],
])('%s is ordinary', path => {
  expect(isSecretFile(path)).toBe(false);
});

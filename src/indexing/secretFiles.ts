/**
 * Files that hold keys, tokens and passwords by what they are called: Wisp neither reads them into the index nor
 * completes in them. Each row is matched against the whole path, in small letters and with slashes.
 */
const SECRET: readonly RegExp[] = [
  // Environment files: `.env`, `.env.local`, `.envrc`, `production.env`.
  /(^|\/)\.env(rc$|[._-]|$)/,
  /\.env$/,
  // Private keys and what carries them.
  /(^|\/)id_(rsa|dsa|ecdsa|ed25519)(_sk)?([._-][^/]*)?$/,
  /\.(pem|key|ppk|p8|p12|pfx|pkcs12|jks|keystore|bcfks|asc|gpg|pgp|kdbx|agekey|ovpn|mobileprovision)$/,
  // Certificates tell little by themselves, but their files often hold the key as well.
  /\.(crt|cer|der|csr|p7b)$/,
  // Tokens of package registries, hosts and databases.
  /(^|\/)\.(npmrc|yarnrc|pypirc|netrc|pgpass|my\.cnf|git-credentials|htpasswd|dockercfg|s3cfg|boto|vault-token)$/,
  /(^|\/)(_netrc|htpasswd|\.yarnrc\.yml)$/,
  /(^|\/)\.cargo\/credentials(\.toml)?$/,
  /(^|\/)\.gem\/credentials$/,
  /(^|\/)auth\.json$/,
  // Cloud and cluster logins.
  /(^|\/)\.(ssh|gnupg)\//,
  /(^|\/)\.(aws\/(credentials|config)|kube\/config|docker\/config\.json|azure\/[^/]*(token|profile)[^/]*)$/,
  /(^|\/)kubeconfig([._-][^/]*)?$|\.kubeconfig$/,
  /(^|\/)(application_default_credentials|service[-_]?account([-_]?key)?|google-services|client[-_]secrets?)[^/]*\.json$/,
  // Whatever names itself so and is data, not code.
  /(^|\/)\.?(credentials?|secrets?|passwords?|passwd)(\.(json|ya?ml|toml|ini|cfg|conf|txt|xml|properties|enc))?$/,
  /(^|\/)[^/]*[._-](credentials|secrets)\.(json|ya?ml|toml|ini|properties)$/,
  /(^|\/)(master|[^/]*\.private)\.key$/,
  // Infrastructure state holds every password in clear.
  /\.tfstate(\.[^/]*)?$/,
  /\.(auto\.)?tfvars(\.json)?$/,
  /(^|\/)(ansible-)?vault([._-]pass(word)?)?(\.(txt|ya?ml))?$/,
];

/** Examples are written to be read and hold no secret. */
const EXAMPLE = /\.(example|sample|template|dist)(\.[a-z]+)?$/;

/** Whether a file of this path, with slashes or back slashes, is likely to hold secrets. Only the name is looked at. */
export function isSecretFile(path: string): boolean {
  const plain = path.replaceAll('\\', '/').toLowerCase();
  return !EXAMPLE.test(plain) && SECRET.some(row => row.test(plain));
}

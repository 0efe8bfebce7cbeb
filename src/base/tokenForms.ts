/** A credential that is told by its own form, wherever it stands. */
export interface TokenForm {
  /** What it is, in words that follow 'what looks like'. */
  readonly kind: string;
  /** Literal beginnings, of two characters or more: what a scan looks for. */
  readonly starts: readonly string[];
  /**
   * Sticky, matched at the beginning. A group `secret` is what is masked, else all of the match. Every repetition is
   * bounded or ends at the first foreign character, so that no text makes it slow.
   */
  readonly pattern: RegExp;
  /** The beginning alone could also be an ordinary word: what is masked must look drawn at random as well. */
  readonly random?: true;
}

const form = (kind: string, starts: string, rest: string): TokenForm => ({
  kind,
  starts: starts.split(' '),
  pattern: new RegExp(`(?:${starts.split(' ').map(literal).join('|')})${rest}`, 'y'),
});
const wordlike = (kind: string, starts: string, rest: string): TokenForm => ({
  ...form(kind, starts, rest),
  random: true,
});
const literal = (text: string): string => text.replace(/[.$+*?()[\]{}|\\/^-]/g, '\\$&');

const WORD = '[A-Za-z0-9_-]';
const LETTERS = '[A-Za-z0-9]';
const HEX = '[a-f0-9]';

/**
 * The forms as their issuers publish them. Lengths are a little below what is issued, for a token may be typed or cut
 * just now; a beginning that no word has allows for that.
 */
export const TOKEN_FORMS: readonly TokenForm[] = [
  // Clouds.
  form('an AWS access key', 'AKIA ASIA AGPA AIDA AROA AIPA ANPA ANVA ABIA ACCA', '[A-Z0-9]{16}(?![A-Z0-9])'),
  form('a Google API key', 'AIza', `${WORD}{30,35}`),
  form('a Google access token', 'ya29.', `${WORD}{16,1024}`),
  form('a Google client secret', 'GOCSPX-', `${WORD}{16,64}`),
  form('a DigitalOcean token', 'dop_v1_ doo_v1_ dor_v1_', `${HEX}{32,64}`),
  form('a Heroku key', 'HRKU-', `${WORD}{30,80}`),
  wordlike('an Alibaba access key', 'LTAI', `${LETTERS}{12,24}(?![A-Za-z0-9])`),
  form('a Cloudflare key', 'v1.0-', `${HEX}{20,24}-${HEX}{60,150}`),
  form('a Vault token', 'hvs. hvb. hvr.', `${WORD}{20,300}`),
  form('a Databricks token', 'dapi', `${HEX}{32}(?:-\\d)?`),
  form('a Doppler token', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', `[A-Za-z0-9._-]{30,80}`),
  form('a Pulumi token', 'pul-', `${HEX}{40}`),
  form('a Fly.io token', 'FlyV1 ', '[A-Za-z0-9+/=,_-]{30,2000}'),
  form('a Fly.io token', 'fm1r_ fm2_ fo1_', '[A-Za-z0-9+/=,_-]{30,2000}'),
  form('a Supabase token', 'sbp_', `${HEX}{40}`),
  wordlike('a Supabase key', 'sb_secret_', `${WORD}{20,80}`),
  form('a PlanetScale token', 'pscale_tkn_ pscale_pw_ pscale_oauth_', '[A-Za-z0-9_.=-]{30,64}'),
  form('a Netlify token', 'nfp_ nfc_ nfo_', `${LETTERS}{30,60}`),
  form('a Tailscale key', 'tskey-', `[a-z]{3,10}-${WORD}{16,80}`),
  form('a Scaleway key', 'SCW', '[A-Z0-9]{17}(?![A-Za-z0-9])'),
  form('a Yandex key', 'AQVN', `${WORD}{35,38}(?![A-Za-z0-9_-])`),
  // Hosts of repositories, and what builds on them.
  form('a GitHub token', 'ghp_ gho_ ghu_ ghs_ ghr_', `${LETTERS}{16,255}`),
  form('a GitHub token', 'github_pat_', '[A-Za-z0-9_]{16,255}'),
  form(
    'a GitLab token',
    'glpat- glptt- gldt- glrt- glcbt- glsoat- glft- glimt- glagent- gloas-',
    `${WORD}{12,255}`,
  ),
  form('an Atlassian token', 'ATATT3 ATCTT3 ATBB', '[A-Za-z0-9_=-]{20,250}'),
  form('a CircleCI token', 'CCIPAT_ CCIPRJ_', `${WORD}{20,120}`),
  form('a Buildkite token', 'bkua_', `${HEX}{40}`),
  form('a Sentry token', 'sntrys_ sntryu_', '[A-Za-z0-9+/=_-]{30,400}'),
  form('a Sourcegraph token', 'sgp_', `(?:[a-z0-9-]{1,40}_)?${HEX}{40}`),
  // Chat.
  form(
    'a Slack token',
    'xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xoxc- xoxd- xoxe.',
    '[A-Za-z0-9.%-]{10,255}',
  ),
  form('a Slack token', 'xapp-', String.raw`\d-[A-Za-z0-9-]{10,255}`),
  form('a Slack webhook', 'hooks.slack.com/', '(?:services|workflows|triggers)/[A-Za-z0-9+/]{16,90}'),
  form(
    'a Discord webhook',
    'discord.com/api/webhooks/ discordapp.com/api/webhooks/',
    String.raw`\d{15,22}/${WORD}{40,80}`,
  ),
  {
    kind: 'a Discord token',
    starts: ['M', 'N', 'O'],
    pattern: /[MNO][A-Za-z0-9_-]{22,28}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}(?![A-Za-z0-9_-])/y,
    random: true,
  },
  form('a Teams webhook', 'outlook.office.com/webhook/', '[A-Za-z0-9@/-]{30,250}'),
  // Payment and shops.
  form('a Stripe key', 'sk_live_ sk_test_ rk_live_ rk_test_ pk_live_ pk_test_', `${LETTERS}{16,255}`),
  form('a Stripe webhook secret', 'whsec_', '[A-Za-z0-9+/=]{20,255}'),
  form('a Square token', 'sq0atp- sq0csp- sq0idp-', `${WORD}{20,60}`),
  wordlike('a Square token', 'EAAA', `${WORD}{58,64}(?![A-Za-z0-9_-])`),
  form('a Braintree token', 'access_token$production$ access_token$sandbox$', `[a-z0-9]{12,20}\\$${HEX}{32}`),
  form('a Shopify token', 'shpat_ shpss_ shpca_ shppa_', '[A-Fa-f0-9]{24,64}'),
  form(
    'a Plaid token',
    'access-production- access-development- access-sandbox-',
    `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`,
  ),
  form('a Razorpay key', 'rzp_live_ rzp_test_', `${LETTERS}{14,30}`),
  form('a Flutterwave key', 'FLWSECK- FLWSECK_TEST-', `${LETTERS}{12,60}(?:-X)?`),
  // Models.
  form('an Anthropic key', 'sk-ant-', `${WORD}{20,255}`),
  form('an OpenAI key', 'sk-proj- sk-svcacct- sk-admin-', `${WORD}{20,255}`),
  wordlike('an OpenAI key', 'sk-', `${WORD}{20,255}`),
  wordlike('a Hugging Face token', 'hf_ api_org_', `${LETTERS}{24,255}`),
  wordlike('a Replicate token', 'r8_', `${LETTERS}{30,60}`),
  wordlike('a Groq key', 'gsk_', `${LETTERS}{30,80}`),
  wordlike('a Perplexity key', 'pplx-', `${LETTERS}{30,80}`),
  wordlike('an xAI key', 'xai-', `${LETTERS}{40,120}`),
  wordlike('a LangSmith key', 'lsv2_pt_ lsv2_sk_', '[a-f0-9_]{30,60}'),
  wordlike('a Pinecone key', 'pcsk_', '[A-Za-z0-9_]{30,90}'),
  // Packages.
  wordlike('an npm token', 'npm_', `${LETTERS}{24,60}`),
  form('a PyPI token', 'pypi-', `AgE${WORD}{16,512}`),
  form('a RubyGems key', 'rubygems_', `${HEX}{40,60}`),
  wordlike('a NuGet key', 'oy2', '[a-z0-9]{43}(?![A-Za-z0-9])'),
  wordlike('a crates.io token', 'cio', `${LETTERS}{32}(?![A-Za-z0-9])`),
  form('a Docker Hub token', 'dckr_pat_ dckr_oat_', `${WORD}{20,80}`),
  wordlike('an Artifactory key', 'AKCp', `${LETTERS}{60,80}`),
  form('a Clojars token', 'CLOJARS_', '[a-z0-9]{50,70}'),
  // Mail, messages and the rest.
  form('a SendGrid key', 'SG.', String.raw`[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,64}`),
  form('a Mailgun key', 'key-', `${HEX}{32}(?!${HEX})`),
  form('a Brevo key', 'xkeysib- xsmtpsib-', `${HEX}{50,70}-${LETTERS}{12,20}`),
  form('a Twilio key', 'SK', `${HEX}{32}(?!${HEX})`),
  wordlike('a Resend key', 're_', '[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,40}'),
  form('a New Relic key', 'NRAK- NRJS- NRAA- NRII- NRIQ-', `${WORD}{19,40}`),
  form('a Grafana token', 'glc_ glsa_', '[A-Za-z0-9+/=_]{30,400}'),
  form('a Grafana token', 'eyJrIjoi', '[A-Za-z0-9+/=_-]{50,400}'),
  wordlike('a PostHog key', 'phx_', `${LETTERS}{30,60}`),
  form('a Dynatrace token', 'dt0c01.', String.raw`[A-Z0-9]{20,30}\.[A-Z0-9]{50,70}`),
  wordlike('a Linear key', 'lin_api_ lin_oauth_', `${LETTERS}{30,80}`),
  wordlike('a Notion token', 'ntn_ secret_', `${LETTERS}{40,60}(?![A-Za-z0-9_])`),
  form('an Airtable token', 'pat', String.raw`[A-Za-z0-9]{14}\.${HEX}{64}`),
  form('a Figma token', 'figd_ figo_', `${WORD}{30,80}`),
  form('a Postman key', 'PMAK-', `${HEX}{24}-${HEX}{30,40}`),
  form('a Contentful token', 'CFPAT-', `${WORD}{30,60}`),
  form('a HubSpot token', 'pat-na1- pat-eu1-', `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`),
  form('a LaunchDarkly key', 'sdk- api- mob-', `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`),
  form('a 1Password token', 'ops_', 'eyJ[A-Za-z0-9_-]{60,2000}'),
  form('an age key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{40,60}'),
  form(
    'a JSON web token',
    'eyJ',
    String.raw`[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?`,
  ),
  // What is told by the words before it.
  {
    kind: 'a bearer token',
    starts: ['Bearer ', 'bearer '],
    pattern: /[Bb]earer +(?<secret>[A-Za-z0-9._~+/=-]{16,2000})/y,
    random: true,
  },
  {
    kind: 'a password in a header',
    starts: ['Basic '],
    pattern: /Basic +(?<secret>[A-Za-z0-9+/]{12,400}={0,2})/y,
    random: true,
  },
  {
    kind: 'a password on a command line',
    starts: [
      '--password ',
      '--passwd ',
      '--token ',
      '--api-key ',
      '--apikey ',
      '--secret ',
      '--access-token ',
    ],
    pattern: /--[a-z-]+ +['"]?(?<secret>[^\s'"`;|&<>()]{8,300})/y,
    random: true,
  },
  {
    kind: 'a password on a command line',
    starts: ['-u ', '--user '],
    pattern: /--?u(?:ser)? +['"]?[^\s:'"`/]{1,80}:(?<secret>[^\s'"`;|&<>()/]{8,200})/y,
    random: true,
  },
  // Keys over many lines. A prompt is cut where its budget ends, so a key may have lost its last line.
  {
    kind: 'a private key',
    starts: ['-----BEGIN '],
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?=[\s\S]{0,300}?[A-Za-z0-9+/]{24})[A-Za-z0-9+/=\s\\:,."'@()-]{16,20000}?(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|(?![A-Za-z0-9+/=\s\\:,."'@()-]))/y,
  },
  {
    kind: 'a private key',
    starts: ['Private-Lines: '],
    pattern: /Private-Lines: \d{1,4}(?<secret>(?:\s{1,4}[A-Za-z0-9+/=]{8,100}){1,200})/y,
  },
];

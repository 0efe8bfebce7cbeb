/** A test runner small enough to run inside VS Code's extension host, where no test framework does. */
export interface TestResult {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  /** Why it failed. */
  readonly message?: string;
}

interface Test {
  readonly name: string;
  readonly body: () => Promise<void> | void;
}

const registered: Test[] = [];

/** Adds a test; it passes if `body` returns or resolves. The name is a sentence. */
export function test(name: string, body: () => Promise<void> | void): void {
  registered.push({ name, body });
}

/**
 * Runs what is registered, one after another, in that order. A test that fails is tried again while it has `attempts`
 * left, and says so if it then passes.
 */
export async function runTests(
  timeoutMs: number,
  tell: (result: TestResult) => void,
  attempts = 1,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const { name, body } of registered) {
    const start = performance.now();
    const failures: string[] = [];
    let ok = false;
    while (!ok && failures.length < attempts) {
      const failure = await failureOf(body, timeoutMs);
      ok = failure === undefined;
      if (failure !== undefined) failures.push(failure);
    }
    const ms = Math.round(performance.now() - start);
    const message = failures
      .map(failure => (ok ? `Failed before it passed: ${failure}` : failure))
      .join('\n');
    const result = { name, ok, ms, ...(message !== '' && { message }) };
    results.push(result);
    tell(result);
  }
  return results;
}

async function failureOf(body: Test['body'], timeoutMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${timeoutMs} ms.`)), timeoutMs);
  });
  try {
    await Promise.race([body(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? ownStack(error) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** The stack without what lies below the tests. */
function ownStack({ message, stack = message }: Error): string {
  const lines = stack.split('\n');
  const runner = lines.findIndex(line => /\bat (async )?(failureOf|runTests)\b/.test(line));
  return lines.slice(0, runner < 0 ? undefined : runner).join('\n');
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

import { baseURL } from '../support/environment';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** A page that hangs ends a wait, not one that is slow. */
const PATIENCE = 20_000;

export type Script = 'with' | 'without';

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A screen that nobody sees; Xvfb chooses its number and writes it down. */
async function screen(): Promise<{ process: ChildProcess; display: string }> {
  const process = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const display = await new Promise<string>((done, fail) => {
    let said = '';
    process.once('error', fail);
    process.once('exit', () => fail(new Error('Xvfb ended')));
    process.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.endsWith('\n')) {
        done(`:${said.trim()}`);
      }
    });
  });
  return { process, display };
}

function ended(process: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (process.exitCode !== null || process.signalCode !== null) {
      done();
      return;
    }
    process.once('exit', () => done());
    process.kill();
  });
}

/** WebKit as Debian ships it, driven over plain HTTP as the W3C's WebDriver has it. */
export class WebKit {
  private readonly processes: ChildProcess[] = [];
  private address = '';
  private session = '';

  static async open(script: Script): Promise<WebKit> {
    const webkit = new WebKit();
    try {
      await webkit.start(script);
    } catch (error) {
      await webkit.close();
      throw error;
    }
    return webkit;
  }

  private async start(script: Script): Promise<void> {
    const { process: xvfb, display } = await screen();
    this.processes.unshift(xvfb);
    const port = await freePort();
    this.address = `http://127.0.0.1:${port}`;
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: display,
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        // Its own sandbox needs user namespaces, which containers often lack; it visits this machine alone.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    this.processes.unshift(driver);
    const args = ['--automation', ...(script === 'without' ? ['--enable-javascript=false'] : [])];
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { args } } };
    const made = await this.patiently(() => this.call('POST', '/session', { capabilities }));
    this.session = `/session/${(made as { sessionId: string }).sessionId}`;
  }

  async close(): Promise<void> {
    if (this.session !== '') {
      await this.call('DELETE', this.session).catch(() => undefined);
    }
    for (const process of this.processes) {
      await ended(process);
    }
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.address + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    }
    return value;
  }

  /** Tries again until it works: pages come and go between two calls. */
  private async patiently<T>(step: () => Promise<T>): Promise<T> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (Date.now() > end) {
          throw error;
        }
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  }

  async goto(path: string): Promise<void> {
    await this.call('POST', `${this.session}/url`, { url: new URL(path, baseURL).href });
  }

  async url(): Promise<string> {
    return (await this.call('GET', `${this.session}/url`)) as string;
  }

  private async element(xpath: string): Promise<string> {
    const found = await this.call('POST', `${this.session}/element`, { using: 'xpath', value: xpath });
    return `${this.session}/element/${(found as Record<string, string>)[ELEMENT]}`;
  }

  async click(xpath: string): Promise<void> {
    await this.patiently(async () => this.call('POST', `${await this.element(xpath)}/click`, {}));
  }

  async button(name: string): Promise<void> {
    await this.click(`//main//button[starts-with(normalize-space(.), '${name}')]`);
  }

  /** Fills the field of this name. */
  async fill(name: string, text: string): Promise<void> {
    await this.patiently(async () => {
      const field = await this.element(`//main//*[@name='${name}']`);
      await this.call('POST', `${field}/clear`, {});
      await this.call('POST', `${field}/value`, { text });
    });
  }

  /** Waits until it says so; a page that waits for something loads itself again. */
  async says(xpath: string, words: string): Promise<void> {
    await this.patiently(async () => {
      const text = await this.call('GET', `${await this.element(xpath)}/text`);
      if (!String(text).includes(words)) {
        throw new Error(`${xpath} says “${text}”, not “${words}”`);
      }
    });
  }

  /** Waits for an address like this. */
  async at(address: RegExp): Promise<void> {
    await this.patiently(async () => {
      const url = await this.url();
      if (!address.test(url)) {
        throw new Error(`${url} is not ${address}`);
      }
    });
  }

  async run(script: string): Promise<unknown> {
    return this.call('POST', `${this.session}/execute/sync`, { script, args: [] });
  }
}

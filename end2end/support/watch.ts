import type { BrowserContext, ConsoleMessage, Response } from '@playwright/test';

/**
 * Notes what no page may do while a test drives it: errors and warnings in the console, exceptions,
 * words about hydration, what the content security policy stopped, server errors, missing files.
 */
export class Watch {
  readonly complaints: string[] = [];
  private readonly refusals = new Set<number>();
  private areCallsCut = false;

  /** A script of the page is going to be refused with this status, and that is right. */
  expectRefusal(status: number): void {
    this.refusals.add(status);
  }

  /** The test is going to cut calls off, which the console tells of. */
  expectCutCalls(): void {
    this.areCallsCut = true;
  }

  async on(context: BrowserContext): Promise<void> {
    await context.addInitScript(reportViolations);
    await context.addInitScript(noteListeners);
    context.on('console', (message) => this.console(message));
    context.on('weberror', (error) => this.complain(`exception: ${error.error()}`));
    context.on('response', (response) => this.response(response));
  }

  private complain(words: string): void {
    this.complaints.push(words);
  }

  private console(message: ConsoleMessage): void {
    // Which answers are as they should be is judged by `response`.
    const isAnswer = /^Failed to load resource: the server responded with a status of 4\d\d/;
    // Said of what is not used some seconds after the page loaded: never without script, late on a
    // busy machine.
    const isUnused = /was preloaded using link preload but not used/;
    const text = message.text();
    const isCut = this.areCallsCut && text === 'Failed to load resource: net::ERR_FAILED';
    const isBad = ['error', 'warning'].includes(message.type()) || /hydrat/i.test(text);
    if (isBad && !isCut && !isAnswer.test(text) && !isUnused.test(text)) {
      this.complain(`console ${message.type()} at ${message.location().url}: ${text}`);
    }
  }

  private response(response: Response): void {
    const status = response.status();
    // A refused form and a page that is not there are pages too.
    const isRefusal = response.request().isNavigationRequest() || this.refusals.has(status);
    if (status >= 500 || (status >= 400 && !isRefusal)) {
      this.complain(`${status} for ${response.request().method()} ${response.url()}`);
    }
  }
}

function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

/** Lets `hydrated` see that an island listens: nothing in a page says that it was hydrated. */
function noteListeners(): void {
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (this: EventTarget, type, ...rest) {
    if (this === window) {
      document.documentElement?.setAttribute(`data-window-hears-${type.replace(':', '-')}`, '');
    } else if (this instanceof Element) {
      const element = this as Element & { hears?: Set<string> };
      element.hears ??= new Set();
      element.hears.add(type);
    }
    return add.call(this, type, ...rest);
  };
}

// Shows the list of products, a product, and the form that writes one. What users wrote enters the page as text only.

import { PAGES, Problem, ask, onAnswer } from './api.js';
import { needed, resume, signIn, signOut, token, user } from './sign-in.js';

const PER_VIEW = 12;
const FIRST_LOOK = 250; // milliseconds
const LAST_LOOK = 2_000;
const LONGEST_WAIT = 60_000;
const RATED_TOO_LOW = 5_000; // after this, a recommendation that is not shown is taken for one below the minimum rate
const MOST_INSTANCES = 50;
const TALLY = 'instances';

const element = id => document.getElementById(id);
const main = element('main');
const settings = await fetchSettings();

let current = new AbortController(); // of the view that is shown or loading

// ---- where the browser is

const views = [
  [/^#\/products\/(\d{1,19})$/, ([id], signal) => showProduct(id, signal)],
  [/^#\/products\/(\d{1,19})\/change$/, ([id], signal) => changeProduct(id, signal)],
  [/^#\/new$/, () => showForm(null, { name: '', weight: '', recommendations: [], reviews: [] })],
  [/^#\/after\/(\d{1,19})$/, ([after], signal) => showList(after, signal)],
  [/^/, (none, signal) => showList(0, signal)],
];

async function show() {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const [, view, found] = views.map(([path, view]) => [path, view, path.exec(location.hash)]).find(([, , match]) => match);
  main.setAttribute('aria-busy', 'true');
  say('Loading');
  try {
    await view(found.slice(1), signal);
  } catch (failure) {
    if (!signal.aborted) {
      showProblem(failure);
    }
  } finally {
    if (!signal.aborted) {
      main.removeAttribute('aria-busy');
      say('');
    }
  }
}

/** Fills the main part from a template, and moves the focus there, so that a screen reader begins with its heading. */
function render(template, title, fill) {
  const view = clone(template);
  view.querySelector('h1').textContent = title;
  fill?.(view);
  const focused = document.activeElement;
  main.replaceChildren(view);
  document.title = `${title} - Trellis`;
  if (focused !== document.body && focused !== element('again')) { // whoever asks again asks often
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function clone(template) {
  return element(template).content.cloneNode(true);
}

/** @param shown whether the view shows it too, so that only a screen reader needs it here */
function say(text, shown = false) {
  element('status').textContent = text;
  element('status').classList.toggle('hidden', shown);
}

function note(text) {
  const made = clone('note');
  made.querySelector('p').textContent = text;
  return made;
}

// ---- views

async function showList(after, signal) {
  const { body } = await ask('GET', `${PAGES}?after=${after}&limit=${PER_VIEW}`, { signal });
  render('list-view', 'Products', view => {
    view.querySelector('.products').append(...body.products.map(product => {
      const item = clone('list-item');
      item.querySelector('a').href = `#/products/${product.productId}`;
      item.querySelector('.name').textContent = product.name;
      item.querySelector('.about').textContent = about(product);
      return item;
    }));
    view.querySelector('.empty').hidden = body.products.length > 0 || after > 0;
    view.querySelector('.first').hidden = !(after > 0);
    const next = view.querySelector('.next');
    next.hidden = !body.next;
    next.href = `#/after/${body.next}`;
  });
}

async function showProduct(id, signal) {
  const { body } = await ask('GET', `${PAGES}/${id}`, { signal });
  renderProduct(body);
}

function renderProduct(page, notes = []) {
  render('product-view', page.name, view => {
    view.querySelector('.about').textContent = about(page);
    view.querySelector('.notes').append(...notes, ...remarks(page));
    fillList(view, 'recommendations', page, (item, { author, rate, content }) => {
      item.querySelector('.author').textContent = author;
      item.querySelector('.rate').textContent = `rates it ${rate} %`;
      item.querySelector('.content').textContent = content;
    });
    fillList(view, 'reviews', page, (item, { author, subject, content }) => {
      item.querySelector('.subject').textContent = subject;
      item.querySelector('.content').textContent = content;
      item.querySelector('.author').textContent = author;
    });
    const change = view.querySelector('.change');
    change.href = `#/products/${page.productId}/change`;
    change.hidden = isIncomplete(page); // writing a page replaces all of it, and would delete what is not seen now
    view.querySelector('.delete').addEventListener('click', () => deleteProduct(page));
  });
}

/** What is missing from the page, and what of it is old. */
function remarks({ missing, remembered }) {
  const made = [];
  if (remembered) {
    made.push(note(`The ${remembered.part} service does not answer. The ${remembered.part} is shown as it was ${ago(remembered.asOf)}.`));
  }
  if (missing.length) {
    const parts = missing.join(' and ');
    made.push(note(`${parts[0].toUpperCase()}${parts.slice(1)} are missing, since ${
      missing.length > 1 ? 'their services do' : 'their service does'} not answer. Everything else is as it should be.`));
  }
  return made;
}

function isIncomplete({ missing, remembered }) {
  return missing.length > 0 || Boolean(remembered);
}

function fillList(view, part, page, fill) {
  const list = view.querySelector(`.${part}`);
  const none = list.previousElementSibling;
  none.hidden = page[part].length > 0;
  none.textContent = page.missing.includes(part) ? 'Not available at the moment.' : 'None yet.';
  list.append(...page[part].map(each => {
    const item = clone(part.slice(0, -1));
    fill(item, each);
    return item;
  }));
}

function showProblem(failure) {
  const signedOut = failure.status === 401;
  render('problem-view', title(failure), view => {
    view.querySelector('.problem').textContent = failure.message;
    const [signInButton, again] = view.querySelectorAll('button');
    signInButton.hidden = !(signedOut && needed());
    signInButton.addEventListener('click', begin);
    again.hidden = signedOut;
    again.addEventListener('click', show);
  });
}

function title({ status }) {
  return { 401: 'Signed out', 403: 'Not allowed', 404: 'Not found', 429: 'Too many requests' }[status] ?? 'Not available';
}

// ---- writing

async function changeProduct(id, signal) {
  const { body } = await ask('GET', `${PAGES}/${id}`, { signal });
  if (isIncomplete(body)) {
    throw new Problem(503, 'Parts of this page are missing or old at the moment. Writing it would replace them by what is seen now.');
  }
  showForm(id, body);
}

/** @param id that of the product to change; null for a new one */
function showForm(id, page) {
  render('form-view', id ? `Change ${page.name}` : 'Write a page', view => {
    const form = view.querySelector('form');
    form.elements.productId.value = id ?? '';
    form.elements.productId.readOnly = id !== null;
    form.elements.name.value = page.name;
    form.elements.weight.value = page.weight;
    for (const part of ['recommendations', 'reviews']) {
      const fields = form.querySelector(`.${part}`);
      page[part].forEach(each => addRow(fields, part, each));
      fields.querySelector('.add').addEventListener('click', () => addRow(fields, part).querySelector('input').focus());
    }
    form.querySelector('.cancel').href = id ? `#/products/${id}` : '#/';
    form.addEventListener('submit', event => {
      event.preventDefault();
      write(form);
    });
  });
}

function addRow(fields, part, values) {
  const rows = fields.querySelector('.rows');
  rows.append(clone(`${part.slice(0, -1)}-row`));
  const row = rows.lastElementChild;
  row.dataset.id = values?.[`${part.slice(0, -1)}Id`] ?? '';
  row.querySelectorAll('[data-name]').forEach(field => {
    field.value = values?.[field.dataset.name] ?? '';
  });
  row.querySelector('.remove').addEventListener('click', () => {
    row.remove();
    number(rows, part);
    fields.querySelector('.add').focus();
  });
  number(rows, part);
  return row;
}

/** The names of rows are those of the API, so that a violation is found by its field. */
function number(rows, part) {
  [...rows.children].forEach((row, index) => {
    const name = `${part.slice(0, -1)} ${index + 1}`;
    row.querySelector('legend').textContent = name[0].toUpperCase() + name.slice(1);
    row.querySelector('.remove').setAttribute('aria-label', `Remove ${name}`);
    row.querySelectorAll('[data-name]').forEach(field => {
      field.name = `${part}[${index}].${field.dataset.name}`;
    });
  });
}

function contentOf(form) {
  return {
    name: form.elements.name.value,
    weight: Number(form.elements.weight.value),
    recommendations: rowsOf(form, 'recommendations', 'recommendationId'),
    reviews: rowsOf(form, 'reviews', 'reviewId'),
  };
}

function rowsOf(form, part, idName) {
  const rows = [...form.querySelectorAll(`.${part} .row`)];
  let next = Math.max(0, ...rows.map(row => Number(row.dataset.id)));
  return rows.map(row => Object.fromEntries([
    [idName, Number(row.dataset.id) || ++next],
    ...[...row.querySelectorAll('[data-name]')].map(
      ({ dataset, type, value }) => [dataset.name, type === 'number' ? Number(value) : value]),
  ]));
}

async function write(form) {
  const id = form.elements.productId.value;
  const content = contentOf(form);
  const button = form.querySelector('[type=submit]');
  button.disabled = true;
  say('Writing');
  try {
    await ask('PUT', `${PAGES}/${id}`, { body: content });
    say('');
    history.pushState(null, '', `#/products/${id}`);
    await watch(`Written: ${content.name}`, id, answer => isSeen(content, answer));
  } catch (failure) {
    button.disabled = false;
    say('');
    explain(form, failure);
  }
}

/** Says at the form what is wrong with it, and leaves the focus at the first wrong field. */
function explain(form, failure) {
  const message = form.querySelector('.problem');
  message.hidden = false;
  message.textContent = failure.message;
  form.querySelectorAll('[aria-invalid]').forEach(field => field.removeAttribute('aria-invalid'));
  const wrong = (failure.violations ?? []).map(({ field }) => form.elements[field]).filter(Boolean);
  wrong.forEach(field => field.setAttribute('aria-invalid', 'true'));
  if (failure.status === 401 && needed()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Sign in';
    button.addEventListener('click', begin);
    message.append(' ', button);
  }
  (wrong[0] ?? form.querySelector('[type=submit]')).focus();
}

async function deleteProduct(page) {
  const dialog = element('confirm');
  element('confirm-title').textContent = `Delete ${page.name}?`;
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise(resolve => dialog.addEventListener('close', resolve, { once: true }));
  if (dialog.returnValue !== 'yes') {
    return;
  }
  say('Deleting');
  try {
    await ask('DELETE', `${PAGES}/${page.productId}`);
    say('');
    await watch(`Deleted: ${page.name}`, page.productId, answer => answer === null);
  } catch (failure) {
    say('');
    showProblem(failure);
  }
}

/** A write is accepted before the services have read it: asks until it is seen, and says so. */
async function watch(title, id, seen) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const start = performance.now();
  render('watch-view', title, view => {
    view.querySelector('.note').textContent = 'It is accepted, and will be seen in a moment.';
    view.querySelector('.again').addEventListener('click', () => watch(title, id, seen));
  });
  const message = main.querySelector('.note');
  let page; // undefined before the first answer, null if there is none
  let etag;
  for (let pause = FIRST_LOOK; performance.now() - start < LONGEST_WAIT; pause = Math.min(pause * 1.5, LAST_LOOK)) {
    await new Promise(resolve => setTimeout(resolve, pause));
    if (signal.aborted) {
      return;
    }
    try {
      const answer = await ask('GET', `${PAGES}/${id}`, { known: etag, quiet: true, signal });
      if (answer.status !== 304) {
        ({ body: page, etag } = answer);
      }
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      if (failure.status === 404) {
        page = null;
        etag = undefined;
      } else if (!failure.passes) {
        throw failure;
      }
    }
    if (page !== undefined && seen(page, performance.now() - start)) {
      const seconds = ((performance.now() - start) / 1_000).toFixed(1);
      await arrive(title, id, page, seconds, signal);
      return;
    }
  }
  message.textContent = 'It is accepted, but was not seen within a minute. Nothing is lost: a service that was away reads it later.';
  main.querySelector('.again').hidden = false;
}

/** The last look is told in "How this was answered". */
async function arrive(title, id, page, seconds, signal) {
  if (page === null) {
    main.querySelector('.note').textContent = `It is gone: after ${seconds} seconds it was seen no more.`;
    return;
  }
  const { body } = await ask('GET', `${PAGES}/${id}`, { signal });
  const told = note(`The page is seen as it was written, ${seconds} seconds after it was accepted.`);
  told.querySelector('p').classList.add('good');
  renderProduct(body, [told]);
  say(told.textContent, true);
}

/** Whether the page is the one that was written; a recommendation below the minimum rate never appears. */
function isSeen(content, page, milliseconds) {
  return page !== null && !isIncomplete(page)
    && page.name === content.name && page.weight === content.weight
    && same(page.reviews, content.reviews)
    && page.recommendations.every(each => content.recommendations.some(written => same(each, written)))
    && (page.recommendations.length === content.recommendations.length || milliseconds > RATED_TOO_LOW);
}

/** Whatever the order of keys, and of the items in a list. */
function same(one, other) {
  const text = value => JSON.stringify(value, (key, each) =>
    Array.isArray(each) ? each.map(text).sort()
      : each && typeof each === 'object' ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each);
  return text(one) === text(other);
}

// ---- words

function about({ productId, weight }) {
  return `Product ${productId}, ${weight < 1_000 ? `${weight} g` : `${(weight / 1_000).toLocaleString('en')} kg`}`;
}

function ago(instant) {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(instant)) / 1_000));
  const [size, unit] = [[3_600, 'hour'], [60, 'minute'], [1, 'second']].find(([least]) => seconds >= least) ?? [1, 'second'];
  return new Intl.RelativeTimeFormat('en').format(-Math.floor(seconds / size), unit);
}

// ---- how it was answered

function tell({ request, status, milliseconds, trace, instances }) {
  element('request').hidden = false;
  element('line').textContent = `${request}: ${status} in ${milliseconds} ms`;
  element('trace').textContent = trace ?? 'not told';
  link('traces', settings.traces, trace);
  link('logs', settings.logs, trace);
  element('instances').hidden = !instances;
  element('reset').hidden = !instances;
  element('no-instances').hidden = Boolean(instances);
  count(instances ?? []);
}

function link(id, template, trace) {
  element(id).hidden = !(template && trace);
  if (template && trace) {
    element(id).href = template.replaceAll('{traceId}', trace);
  }
}

/** In how many answers each instance took part; reloading the page keeps the numbers. */
function count(instances) {
  const tally = JSON.parse(sessionStorage.getItem(TALLY) ?? '{}');
  const present = instances.map(instance => instance.join(';'));
  present.forEach(key => {
    tally[key] = (tally[key] ?? 0) + 1;
  });
  const entries = Object.entries(tally).slice(-MOST_INSTANCES);
  sessionStorage.setItem(TALLY, JSON.stringify(Object.fromEntries(entries)));
  element('instances').querySelector('tbody').replaceChildren(...entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, answers]) => {
    const [service, name, version] = key.split(';');
    const row = clone('instance');
    row.querySelector('tr').classList.toggle('present', present.includes(key));
    row.querySelector('.hidden').hidden = !present.includes(key);
    row.querySelector('.service').textContent = service;
    row.querySelector('.pod').textContent = name;
    row.querySelector('.version').textContent = version;
    row.querySelector('.answers').textContent = answers;
    return row;
  }));
}

// ---- signing in

function showAccount() {
  element('account').hidden = !needed();
  element('sign-in').hidden = Boolean(token());
  element('sign-out').hidden = !token();
  element('user').textContent = token() ? user() ?? '' : '';
}

async function begin() {
  try {
    await signIn();
  } catch (failure) {
    showProblem(failure);
  }
}

async function fetchSettings() {
  try {
    return await (await fetch('/page.json')).json();
  } catch {
    return { signIn: null, traces: null, logs: null }; // the first request will say that nothing answers
  }
}

// ---- begin

onAnswer(tell);
addEventListener('hashchange', show);
element('again').addEventListener('click', show);
element('reset').addEventListener('click', () => {
  sessionStorage.removeItem(TALLY);
  count([]);
});
element('sign-in').addEventListener('click', begin);
element('sign-out').addEventListener('click', () => signOut().catch(showProblem));
element('confirm').addEventListener('click', ({ target }) => {
  if (target.value) {
    element('confirm').close(target.value);
  }
});
try {
  await resume(settings.signIn);
  await show();
} catch (failure) {
  showProblem(failure);
}
showAccount();

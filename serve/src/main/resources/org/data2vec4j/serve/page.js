'use strict';
const $ = id => document.getElementById(id);
let models = [];
let current = null;
let token = sessionStorage.getItem('token') || '';

/** Asks the server; asks the user for the token once the server does. */
async function ask(path, options = {}) {
  const headers = {...(options.headers || {}), ...(token ? {Authorization: 'Bearer ' + token} : {})};
  const response = await fetch(path, {...options, headers});
  if (response.status === 401) {
    const given = prompt('Token of this server');
    if (given) {
      token = given;
      sessionStorage.setItem('token', token);
      return ask(path, options);
    }
  }
  if (!response.ok) {
    let message = response.statusText;
    try { message = (await response.json()).error.message; } catch (e) { /* not from this server */ }
    throw new Error(message);
  }
  return response;
}

const about = () => '?model=' + encodeURIComponent(current.id);

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** A part of a sample as an address that an element can load, with the token if there is one. */
async function part(id, kind) {
  const path = `/v1/samples/${id}/${kind}${about()}`;
  if (!token) return path;
  return URL.createObjectURL(await (await ask(path)).blob());
}

function tile(sample, note) {
  const item = element('li', '', {tabindex: 0, title: sample.path});
  if (current.modality !== 'text') {
    const image = element('img', '', {alt: '', loading: 'lazy'});
    part(sample.id, 'picture').then(address => { image.src = address; });
    image.onerror = () => image.remove();
    item.append(image);
  }
  item.append(element('b', note));
  if (sample.label) item.append(' ', element('span', sample.label));
  item.append(element('small', sample.words || sample.path));
  if (current.modality === 'audio') {
    const sound = element('audio', '', {controls: '', preload: 'none'});
    part(sample.id, 'file').then(address => { sound.src = address; });
    sound.onclick = event => event.stopPropagation();
    item.append(sound);
  }
  const search = () => searchSample(sample);
  item.onclick = search;
  item.onkeydown = event => { if (event.key === 'Enter' && event.target === item) search(); };
  return item;
}

function showHits(found) {
  $('hits').replaceChildren(...found.hits.map(hit => tile(hit, hit.score.toFixed(4))));
  $('status').textContent = found.hits.length + ' ' + (current.samples ? 'of ' + current.samples.toLocaleString('en') : '') + ' shown, the most similar first';
}

async function search(question) {
  $('status').textContent = 'searching …';
  try {
    const body = JSON.stringify({model: current.id, top: Number($('top').value) || 24, ...question});
    const response = await ask('/v1/search', {method: 'POST', headers: {'Content-Type': 'application/json'}, body});
    showHits(await response.json());
  } catch (e) {
    $('hits').replaceChildren();
    $('status').textContent = e.message;
  }
}

function showQuery(node) {
  $('query').hidden = false;
  $('query').replaceChildren(node);
}

async function searchSample(sample) {
  choose('search');
  const node = element('span', sample.words || sample.path);
  if (current.modality !== 'text') {
    const image = element('img', '', {alt: sample.path});
    part(sample.id, 'picture').then(address => { image.src = address; });
    showQuery(image);
  } else {
    showQuery(node);
  }
  await search({id: String(sample.id)});
  $('drop').scrollIntoView({block: 'nearest'});
}

async function searchFile(file) {
  const address = URL.createObjectURL(file);
  if (current.modality === 'image') showQuery(element('img', '', {src: address, alt: file.name}));
  else if (current.modality === 'audio') showQuery(element('audio', '', {src: address, controls: ''}));
  else showQuery(element('span', file.name));
  if (current.modality === 'text') return search({input: await file.text()});
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return search({input: {[current.modality]: btoa(binary)}});
}

/** Recording: samples are gathered and sent as a WAV file, which needs no decoder on the other side. */
let recording = null;
async function record() {
  if (recording) {
    const done = recording;
    recording = null;
    $('record').textContent = 'record';
    done.stream.getTracks().forEach(track => track.stop());
    const length = done.parts.reduce((sum, each) => sum + each.length, 0);
    const view = new DataView(new ArrayBuffer(44 + 2 * length));
    const words = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
    words(0, 'RIFF'); view.setUint32(4, 36 + 2 * length, true); words(8, 'WAVEfmt ');
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, done.context.sampleRate, true); view.setUint32(28, 2 * done.context.sampleRate, true);
    view.setUint16(32, 2, true); view.setUint16(34, 16, true); words(36, 'data'); view.setUint32(40, 2 * length, true);
    let at = 44;
    for (const each of done.parts) for (const value of each) {
      view.setInt16(at, Math.max(-1, Math.min(1, value)) * 32767, true);
      at += 2;
    }
    done.context.close();
    return searchFile(new File([view.buffer], 'recording.wav', {type: 'audio/wav'}));
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true});
    const context = new AudioContext();
    const node = context.createScriptProcessor(4096, 1, 1);
    recording = {stream, context, parts: []};
    node.onaudioprocess = event => { if (recording) recording.parts.push(event.inputBuffer.getChannelData(0).slice()); };
    context.createMediaStreamSource(stream).connect(node);
    node.connect(context.destination);
    $('record').textContent = 'stop';
  } catch (e) {
    $('status').textContent = 'no recording: ' + e.message;
  }
}

const views = ['search', 'map', 'curation'];
function choose(view) {
  for (const each of views) {
    $(each).hidden = each !== view;
    const tab = $('tab-' + each);
    tab.setAttribute('aria-selected', each === view);
    tab.tabIndex = each === view ? 0 : -1;
  }
  if (view === 'map') loadMap();
  if (view === 'curation') loadCuration();
}

// The map: points on a canvas, moved by nothing, so that one drawing is enough until something is selected.
let points = [];
let loaded = '';
let chosen = new Set();
let lasso = [];
let pointed = -1;
let labels = [];
const colour = i => i < 0 ? '#888' : `hsl(${(215 + i * 137.508) % 360} 62% ${i % 2 ? 60 : 47}%)`;

async function loadMap() {
  if (loaded === current.id) return draw();
  $('map-status').textContent = 'the map is computed …';
  try {
    points = (await (await ask('/v1/map' + about())).json()).points;
    loaded = current.id;
    labels = [...new Set(points.map(p => p.label).filter(l => l))].sort();
    points.forEach(p => { p.group = labels.indexOf(p.label); });
    chosen = new Set();
    $('legend').replaceChildren(...labels.slice(0, 40).map((label, i) => {
      const item = element('li', label);
      item.style.setProperty('--c', colour(i));
      return item;
    }));
    $('map-status').textContent = points.length.toLocaleString('en') + ' samples';
    draw();
  } catch (e) {
    $('map-status').textContent = e.message;
  }
}

function place(point) {
  const box = $('canvas').getBoundingClientRect();
  return [14 + point.x * (box.width - 28), box.height - 14 - point.y * (box.height - 28)];
}

function draw() {
  const canvas = $('canvas');
  const box = canvas.getBoundingClientRect();
  const scale = devicePixelRatio || 1;
  canvas.width = box.width * scale;
  canvas.height = box.height * scale;
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  const radius = points.length > 1500 ? 3 : 4.5;
  points.forEach((point, i) => {
    const [x, y] = place(point);
    pen.globalAlpha = chosen.size && !chosen.has(i) ? 0.2 : 0.85;
    pen.fillStyle = colour(point.group);
    pen.beginPath();
    pen.arc(x, y, i === pointed ? radius + 3 : radius, 0, 7);
    pen.fill();
  });
  pen.globalAlpha = 1;
  if (lasso.length > 1) {
    pen.strokeStyle = getComputedStyle(document.body).color;
    pen.setLineDash([5, 4]);
    pen.beginPath();
    lasso.forEach(([x, y], i) => i ? pen.lineTo(x, y) : pen.moveTo(x, y));
    pen.stroke();
  }
}

function nearest(x, y, within) {
  let best = -1;
  let least = within * within;
  points.forEach((point, i) => {
    const [px, py] = place(point);
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance < least) { least = distance; best = i; }
  });
  return best;
}

function point(i) {
  if (i === pointed) return;
  pointed = i;
  const card = $('card');
  card.hidden = i < 0;
  if (i >= 0) {
    const sample = points[i];
    const [x, y] = place(sample);
    card.replaceChildren();
    if (current.modality !== 'text') {
      const image = element('img', '', {alt: ''});
      part(sample.id, 'picture').then(address => { image.src = address; });
      card.append(image);
    }
    card.append((sample.label ? sample.label + ': ' : '') + (sample.words || sample.path));
    const box = $('canvas').getBoundingClientRect();
    card.style.left = Math.max(0, Math.min(x + 12, box.width - 190)) + 'px';
    card.style.top = Math.max(0, Math.min(y + 12, box.height - 150)) + 'px';
    $('canvas').setAttribute('aria-label', 'Map of the collection, at ' + sample.path);
  }
  draw();
}

function inside(x, y, shape) {
  let within = false;
  for (let i = 0, j = shape.length - 1; i < shape.length; j = i++) {
    const [xi, yi] = shape[i];
    const [xj, yj] = shape[j];
    if ((yi > y) !== (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) within = !within;
  }
  return within;
}

function select(indices) {
  chosen = new Set(indices);
  $('export').disabled = chosen.size === 0;
  $('map-status').textContent = chosen.size ? chosen.size + ' selected' : points.length.toLocaleString('en') + ' samples';
  $('selected').replaceChildren(...[...chosen].slice(0, 200).map(i => tile(points[i], '')));
  draw();
}

function at(event) {
  const box = $('canvas').getBoundingClientRect();
  return [event.clientX - box.x, event.clientY - box.y];
}

function prepareMap() {
  const canvas = $('canvas');
  let down = false;
  canvas.onpointerdown = event => { down = true; lasso = [at(event)]; canvas.setPointerCapture(event.pointerId); };
  canvas.onpointermove = event => {
    if (down) { lasso.push(at(event)); draw(); } else { point(nearest(...at(event), 18)); }
  };
  canvas.onpointerup = event => {
    down = false;
    const shape = lasso;
    lasso = [];
    const span = shape.reduce((most, [x, y]) => Math.max(most, Math.abs(x - shape[0][0]), Math.abs(y - shape[0][1])), 0);
    if (span < 6) {
      const i = nearest(...at(event), 18);
      point(i);
      if (i >= 0) select([i]);
    } else {
      select(points.map((p, i) => i).filter(i => inside(...place(points[i]), shape)));
    }
  };
  canvas.onpointerleave = () => { if (!down) point(-1); };
  canvas.onkeydown = event => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (step && points.length) {
      event.preventDefault();
      if (pointed < 0) return point(0);
      const [x, y] = place(points[pointed]);
      let best = -1;
      let least = Infinity;
      points.forEach((p, i) => {
        const [px, py] = place(p);
        const along = (px - x) * step[0] + (py - y) * step[1];
        const across = Math.abs((px - x) * step[1]) + Math.abs((py - y) * step[0]);
        if (i !== pointed && along > 0.5 && along + 2 * across < least) { least = along + 2 * across; best = i; }
      });
      if (best >= 0) point(best);
    } else if (event.key === 'Enter' && pointed >= 0) {
      searchSample(points[pointed]);
    } else if (event.key === ' ' && pointed >= 0) {
      event.preventDefault();
      select([...chosen, pointed]);
    } else if (event.key === 'Escape') {
      select([]);
      point(-1);
    }
  };
  $('clear').onclick = () => select([]);
  $('export').onclick = () => {
    const text = [...chosen].map(i => points[i].path).join('\n') + '\n';
    const link = element('a', '', {href: URL.createObjectURL(new Blob([text], {type: 'text/plain'})), download: 'selected.txt'});
    link.click();
  };
  addEventListener('resize', () => { if (!$('map').hidden) draw(); });
}

let curated = '';
async function loadCuration() {
  if (curated === current.id) return;
  $('curation-status').textContent = 'the collection is compared with itself …';
  try {
    const found = await (await ask('/v1/curation' + about())).json();
    curated = current.id;
    $('curation-status').textContent = found.duplicates.length + ' groups of near-duplicates';
    $('groups').replaceChildren(...found.duplicates.slice(0, 200).flatMap((group, i) => {
      const list = element('ol', '', {class: 'tiles'});
      list.append(...group.samples.map(sample => tile(sample, sample.keep ? 'keep' : 'drop')));
      return [element('h2', `Near-duplicates ${i + 1}, similarity ${group.similarity.toFixed(4)}`), list];
    }));
    $('outliers').replaceChildren(...found.outliers.map(sample => tile(sample, sample.distance.toFixed(4))));
  } catch (e) {
    $('curation-status').textContent = e.message;
  }
}

function use(model) {
  current = model;
  $('about').textContent = `${model.samples ? model.samples.toLocaleString('en') + ' samples' : 'no index'}, ${model.modality}, vectors of ${model.width} numbers`;
  const text = model.modality === 'text';
  $('text-form').hidden = !text;
  $('record').hidden = model.modality !== 'audio';
  $('file').accept = {image: 'image/*', audio: 'audio/*', text: 'text/plain'}[model.modality] || '';
  $('hint').textContent = {image: 'Drop a picture here, or', audio: 'Drop a sound here, or', text: 'Drop a text file here, or'}[model.modality] || 'Drop a file here, or';
  $('hits').replaceChildren();
  $('query').hidden = true;
  $('status').textContent = model.samples ? '' : 'This is a run without an index: its vectors are at /v1/embeddings.';
}

async function start() {
  const drop = $('drop');
  for (const name of ['dragenter', 'dragover']) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.add('over'); });
  for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('over'));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    if (event.dataTransfer.files.length) searchFile(event.dataTransfer.files[0]);
  });
  $('file').onchange = () => { if ($('file').files.length) searchFile($('file').files[0]); };
  $('record').onclick = record;
  $('text-form').onsubmit = event => {
    event.preventDefault();
    showQuery(element('span', $('text').value));
    search({input: $('text').value});
  };
  views.forEach((view, i) => {
    const tab = $('tab-' + view);
    tab.onclick = () => choose(view);
    tab.onkeydown = event => {
      const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (step) {
        const next = views[(i + step + views.length) % views.length];
        choose(next);
        $('tab-' + next).focus();
      }
    };
  });
  prepareMap();
  try {
    models = (await (await ask('/v1/models')).json()).data;
    $('model').replaceChildren(...models.map(model => element('option', model.id, {value: model.id})));
    $('chooser').hidden = models.length < 2;
    $('model').onchange = () => { use(models[$('model').selectedIndex]); choose('search'); };
    use(models[0]);
  } catch (e) {
    $('status').textContent = e.message;
  }
}

start();

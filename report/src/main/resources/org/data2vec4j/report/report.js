(() => {
  const box = document.createElement('div');
  box.id = 'readout';
  box.hidden = true;
  document.body.append(box);
  const brief = v => Math.abs(v) >= 1e-3 && Math.abs(v) < 1e5 || v === 0 ? String(Number(v.toPrecision(4))) : v.toExponential(2);
  const numbers = text => text.split(' ').map(Number);
  for (const svg of document.querySelectorAll('.plot')) {
    const [x0, x1, px0, px1] = numbers(svg.dataset.x);
    const [y0, y1, py0, py1] = numbers(svg.dataset.y);
    const log = svg.dataset.y.endsWith('true');
    const value = py => {
      const share = (py - py0) / (py1 - py0);
      return log ? y0 * Math.pow(y1 / y0, share) : y0 + share * (y1 - y0);
    };
    const curves = [...svg.querySelectorAll('.curve')].map(curve => ({
      name: curve.dataset.name,
      points: curve.getAttribute('d').split(/[ML]/).slice(1).map(numbers)
    })).filter(curve => curve.points.length);
    if (!curves.length) continue;
    const cursor = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    cursor.classList.add('cursor');
    svg.append(cursor);
    const hide = () => { box.hidden = true; cursor.removeAttribute('d'); };
    svg.addEventListener('pointerleave', hide);
    svg.addEventListener('pointermove', event => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
      if (at < px0 - 8 || at > px1 + 8) return hide();
      const nearest = points => points.reduce((a, b) => Math.abs(b[0] - at) < Math.abs(a[0] - at) ? b : a);
      const place = nearest(curves[0].points)[0];
      const lines = [svg.dataset.unit + ' ' + Math.round(x0 + (place - px0) / (px1 - px0) * (x1 - x0)).toLocaleString('en')];
      for (const curve of curves) lines.push(curve.name + '  ' + brief(value(nearest(curve.points)[1])));
      cursor.setAttribute('d', 'M' + place + ' ' + py1 + 'V' + py0);
      box.textContent = lines.join('\n');
      box.hidden = false;
      const left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
      box.style.left = Math.max(8, left) + 'px';
      box.style.top = Math.max(8, event.clientY - box.offsetHeight - 12) + 'px';
    });
  }
  for (const cloud of document.querySelectorAll('.cloud')) {
    const svg = cloud.querySelector('svg');
    const dots = [...svg.querySelectorAll('circle')].map(circle => {
      const title = circle.querySelector('title');
      const text = title.textContent;
      title.remove(); // the box says it
      return { circle, text, x: Number(circle.getAttribute('cx')), y: Number(circle.getAttribute('cy')) };
    });
    if (!dots.length) continue;
    const [width, height, columns] = (cloud.dataset.tile || '0 0 1').split(' ').map(Number);
    const scale = width ? Math.max(1, Math.round(96 / Math.max(width, height))) : 0;
    const card = document.createElement('div');
    card.className = 'card';
    card.hidden = true;
    const picture = document.createElement('i');
    const words = document.createElement('span');
    if (scale) card.append(picture);
    card.append(words);
    cloud.append(card);
    let shown = null;
    const hide = () => { card.hidden = true; if (shown) shown.circle.classList.remove('on'); shown = null; };
    const show = event => {
      const matrix = svg.getScreenCTM();
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      const far = dot => Math.hypot(dot.x - at.x, dot.y - at.y);
      const dot = dots.reduce((a, b) => far(b) < far(a) ? b : a);
      if (far(dot) * matrix.a > 26) return hide();
      if (dot === shown) return;
      hide();
      shown = dot;
      dot.circle.classList.add('on');
      words.textContent = dot.text;
      const i = dots.indexOf(dot);
      if (scale) {
        picture.style.width = width * scale + 'px';
        picture.style.height = height * scale + 'px';
        picture.style.backgroundSize = columns * width * scale + 'px auto';
        picture.style.backgroundPosition = -(i % columns) * width * scale + 'px ' + -Math.floor(i / columns) * height * scale + 'px';
      }
      card.hidden = false;
      const frame = cloud.getBoundingClientRect();
      const x = dot.x * matrix.a + 12, y = dot.y * matrix.d + 12;
      card.style.left = Math.max(0, Math.min(x, frame.width - card.offsetWidth)) + 'px';
      card.style.top = (y + card.offsetHeight > frame.height ? Math.max(0, y - card.offsetHeight - 24) : y) + 'px';
    };
    svg.addEventListener('pointermove', show);
    svg.addEventListener('pointerdown', show);
    svg.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') hide(); });
  }
})();

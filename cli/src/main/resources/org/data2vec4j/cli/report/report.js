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
      const lines = ['update ' + Math.round(x0 + (place - px0) / (px1 - px0) * (x1 - x0)).toLocaleString('en')];
      for (const curve of curves) lines.push(curve.name + '  ' + brief(value(nearest(curve.points)[1])));
      cursor.setAttribute('d', 'M' + place + ' ' + py1 + 'V' + py0);
      box.textContent = lines.join('\n');
      box.hidden = false;
      const left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
      box.style.left = Math.max(8, left) + 'px';
      box.style.top = Math.max(8, event.clientY - box.offsetHeight - 12) + 'px';
    });
  }
})();

// The stand-in would listen on every interface; loaded before it, this lets it listen here only,
// and lets it end with whoever started it.
const net = require('node:net')

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  const callback = rest.find((one) => typeof one === 'function')
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, callback)
}

const parent = process.ppid
setInterval(() => process.ppid === parent || process.exit(1), 1000).unref()

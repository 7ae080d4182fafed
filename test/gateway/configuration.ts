interface Setting {
	folder: string;
	fsid: string;
	/** Address of the monitor as Ceph writes it. */
	monitor: string;
	/** Of the gateway. */
	port: number;
}

/** A ceph.conf for one monitor, one OSD in memory and one gateway, none of which asks who calls. */
export function configuration({ folder, fsid, monitor, port }: Setting): string {
	return ini({
		global: {
			fsid,
			'mon host': monitor,
			'mon initial members': 'a',
			'public addr': '127.0.0.1',
			'cluster addr': '127.0.0.1',
			'ms bind ipv6': false,
			'auth cluster required': 'none',
			'auth service required': 'none',
			'auth client required': 'none',
			// Without it the daemons ask the monitor for a login again and again.
			'ms mon client mode': 'crc',
			'log file': `${folder}/$name.log`,
			'log to stderr': false,
			'run dir': folder,
			'crash dir': folder,
			'pid file': '',
			'admin socket': '',
			'osd pool default size': 1,
			'osd pool default min size': 1,
			'osd pool default pg num': 1,
			'osd pool default pgp num': 1,
			'osd pool default pg autoscale mode': 'off',
			'osd crush chooseleaf type': 0,
			'mon allow pool size one': true,
			'mon max pg per osd': 1000,
		},
		'mon.a': {
			host: 'localhost',
			'mon data': `${folder}/mon`,
			// A monitor that is alone need not wait for others: seconds instead of a quarter minute.
			'paxos propose interval': 0.05,
			'paxos min wait': 0.01,
		},
		'osd.0': {
			host: 'localhost',
			'osd data': `${folder}/osd`,
			'osd objectstore': 'memstore',
			'memstore device bytes': 2 ** 31,
			'osd crush initial weight': 1,
		},
		'client.rgw.admin': { 'rgw zone': 'default' },
		'client.rgw.a': {
			'rgw zone': 'default',
			'rgw data': `${folder}/rgw`,
			'rgw frontends': `beast endpoint=127.0.0.1:${port}`,
			'rgw s3 auth use sts': true,
			// Any 16 characters: it encrypts the tokens of temporary keys.
			'rgw sts key': fsid.slice(-12).padStart(16, '0'),
		},
	});
}

function ini(sections: Record<string, Record<string, string | number | boolean>>): string {
	return Object.entries(sections)
		.map(([name, settings]) => {
			const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
			return `[${name}]\n${lines.join('')}`;
		})
		.join('\n');
}

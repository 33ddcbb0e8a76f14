"""汉字 with more than one living reading in names of people, places and companies: char → readings without tones.

A phrase dictionary chooses one reading for a key; the others of this table are added one at a time, so that both ways
find the name. Readings that only classical texts know are left out: each costs room in every key.
The syllables lü, nü (typed as v, u or yu) are handled apart, in `SPELLINGS`."""

_TABLE = """
阿a,e 艾ai,yi 柏bai,bo 堡bao,bu,pu 暴bao,pu 曝bao,pu 贲ben,bi 便bian,pian 扁bian,pian 伯bo,bai 泊bo,po 薄bo,bao 卜bu,bo
参can,shen,cen 藏cang,zang 刹cha,sha 差cha,chai 查cha,zha 厂chang,an 长chang,zhang 朝chao,zhao 车che,ju 乘cheng,sheng
澄cheng,deng 称cheng,chen 尺chi,che 臭chou,xiu 畜chu,xu 褚chu,zhu 传chuan,zhuan 幢chuang,zhuang 啜chuo,chuai 绰chuo,chao 伺ci,si
大da,dai 逮dai,dei 单dan,shan,chan 弹dan,tan 得de,dei 的de,di 地di,de 丁ding,zheng 侗dong,tong 度du,duo 都du,dou 敦dun,dui 恶e,wu
番fan,pan 繁fan,po 佛fo,fu 否fou,pi 盖gai,ge 给gei,ji 谷gu,yu 莞guan,wan 桧gui,hui 炅gui,jiong 还hai,huan 吭hang,keng
行hang,xing,heng 合he,ge 和he,huo,hu 核he,hu 黑hei,he 虹hong,jiang 会hui,kuai 祭ji,zhai 夹jia,ga 贾jia,gu 见jian,xian
降jiang,xiang 嚼jiao,jue 角jiao,jue 芥jie,gai 解jie,xie 劲jin,jing 景jing,ying 颈jing,geng 句ju,gou 咀ju,zui 隽juan,jun 觉jue,jiao
均jun,yun 卡ka,qia 楷kai,jie 阚kan,han 咳ke,hai 壳ke,qiao 括kuo,gua 乐le,yue 了le,liao 勒le,lei 俩lia,liang 六liu,lu 碌lu,liu
陆lu,liu 露lu,lou 络luo,lao 落luo,la,lao 率lv,shuai 绿lv,lu 埋mai,man 脉mai,mo 蔓man,wan 氓mang,meng 没mei,mo 宓mi,fu 泌mi,bi
秘mi,bi 缪miao,mou,mu 抹mo,ma 模mo,mu 牟mou,mu 哪na,nei,ne 娜na,nuo 那na,nuo 能neng,nai 乜nie,mie 弄nong,long 疟nve,yao 胖pang,pan
炮pao,bao 辟pi,bi 屏ping,bing 朴pu,piao 瀑pu,bao 圻qi,yin 奇qi,ji 期qi,ji 栖qi,xi 乾qian,gan 嵌qian,kan 铅qian,yan 强qiang,jiang
茄qie,jia 亲qin,qing 覃qin,tan 仇qiu,chou 区qu,ou 圈quan,juan 炔que,gui 雀que,qiao 若ruo,re 塞sai,se 色se,shai 莎sha,suo 杉shan,sha
射she,ye 什shen,shi 沈shen,chen 晟sheng,cheng 盛sheng,cheng 省sheng,xing 氏shi,zhi 石shi,dan 识shi,zhi 适shi,kuo 食shi,si
属shu,zhu 数shu,shuo 术shu,zhu 熟shu,shou 谁shui,shei 说shuo,shui 似si,shi 宿su,xiu 缩suo,su 澹tan,dan 汤tang,shang 陶tao,yao
提ti,di 调tiao,diao 囤tun,dun 屯tun,zhun 拓tuo,ta 驮tuo,duo 万wan,mo 尉wei,yu 尾wei,yi 蔚wei,yu 涡wo,guo 吾wu,yu 洗xi,xian 系xi,ji
厦xia,sha 吓xia,he 夏xia,jia 冼xian,xi 纤xian,qian 巷xiang,hang 校xiao,jiao 邪xie,ye 削xue,xiao 血xue,xie 咽yan,ye 钥yao,yue
叶ye,xie 遗yi,wei 殷yin,yan 俞yu,shu 於yu,wu 员yuan,yun 约yue,yao 咋za,zha 仔zai,zi 择ze,zhai 曾zeng,ceng 扎zha,za 翟zhai,di
粘zhan,nian 召zhao,shao 折zhe,she 着zhe,zhao,zhuo 这zhe,zhei 殖zhi,shi 种zhong,chong 重zhong,chong 著zhu,zhuo 爪zhua,zhao
琢zhuo,zuo 兹zi,ci 综zong,zeng
"""

POLYPHONES = {entry[0]: tuple(entry[1:].split(",")) for entry in _TABLE.split()}

SPELLINGS = {"lv": ("lu", "lyu"), "nv": ("nu", "nyu"), "lve": ("lue",), "nve": ("nue",)}
"""How else people type a syllable that the keyboard has no ü for."""

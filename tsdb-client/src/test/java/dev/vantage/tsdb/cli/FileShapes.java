package dev.vantage.tsdb.cli;

import static dev.vantage.tsdb.cli.FileShape.at;
import static dev.vantage.tsdb.cli.FileShape.of;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Kinds of files that surveys, meters, machines and archives give people; all made up here. */
final class FileShapes {
  private FileShapes() {}

  static Stream<FileShape> all() {
    return Stream.of(surveys(), tables(), dialects(), encodings(), machines(), rows(), toolkits())
        .flatMap(List::stream);
  }

  private static List<FileShape> surveys() {
    return List.of(
        of(
                "OGLE photometry: blanks, three columns, no header",
                "OGLE-LMC-CEP-0001.dat",
                "2450748.84729 15.038 0.004\n2450758.47430 15.224 0.004\n2450776.67966 15.274 0.004\n")
            .timed(
                "OGLE-LMC-CEP-0001",
                at(2450748.84729, 2450758.47430, 2450776.67966),
                15.038,
                15.224,
                15.274),
        of(
                "OGLE photometry in 18 digits",
                "cep.dat",
                "2.450757683303936385e+06 1.532037543922249512e+01 4.000000000000000083e-03\n"
                    + "2.450770917301866226e+06 1.531468738155150255e+01 4.000000000000000083e-03\n",
                "--period=3.01")
            .timed(
                "cep",
                at(2450757.683303936385, 2450770.917301866226),
                15.32037543922249512,
                15.31468738155150255)
            .folded(3.01),
        of(
                "ASAS-SN: limits and sentinels",
                "asassn.csv",
                """
                HJD,UT Date,Camera,FWHM,Limit,mag,mag_err,flux(mJy),flux_err,Filter
                2458000.5,2017-09-03.97,be,1.76,15.730,14.760,0.090,4.789,0.392,V
                2458000.8,2017-09-04.37,be,1.72,15.751,14.359,0.088,4.788,0.385,V
                2458001.1,2017-09-04.61,be,2.03,14.814,>14.814,99.990,4.020,0.911,V
                2458001.4,2017-09-04.91,bi,2.03,15.129,14.579,0.070,3.640,0.985,g
                2458002.1,2017-09-05.61,bi,2.03,14.529,99.990,99.990,3.640,0.985,g
                2458002.9,2017-09-06.45,bi,2.03,15.629,14.329,0.070,3.640,0.985,g
                """,
                "--value=mag",
                "--group-by=Filter",
                "--drop-if=mag_err > 90")
            .timed("asassn_V", at(2458000.5, 2458000.8), 14.760, 14.359)
            .attribute("Filter", "V")
            .timed("asassn_g", at(2458001.4, 2458002.9), 14.579, 14.329)
            .attribute("Filter", "g")
            .dropping(2),
        of(
                "ZTF light curves: many columns, bands, flags",
                "ztf.csv",
                """
                oid,expid,hjd,mjd,mag,magerr,catflags,filtercode
                686103400034440,45,2458202.8,58202.3,15.61,0.01,0,zg
                686103400034440,46,2458203.8,58203.3,15.71,0.01,32768,zg
                686103400034440,47,2458204.8,58204.3,15.81,0.01,0,zg
                686203400031000,48,2458202.9,58202.4,14.61,0.01,0,zr
                686203400031000,49,2458203.9,58203.4,14.92,0.01,0,zr
                """,
                "--time=mjd",
                "--group-by=filtercode",
                "--drop-if=catflags >= 32768")
            .timed("ztf_zg", at(58202.3, 58204.3), 15.61, 15.81)
            .attribute("filtercode", "zg")
            .timed("ztf_zr", at(58202.4, 58203.4), 14.61, 14.92)
            .attribute("filtercode", "zr")
            .dropping(1),
        of(
                "Gaia epoch photometry: source ids, bands, quoted header",
                "gaia.csv",
                """
                "source_id","transit_id","band","time","mag"
                5284240582308398080,17091923342681275,"G",1706.0,15.1
                5284240582308398080,17091923342681275,"BP",1706.1,15.4
                5284240582308398080,17096015345011000,"G",1707.0,15.3
                5284240582308398080,17096015345011000,"BP",1707.1,15.2
                """,
                "--as=light-curve",
                "--id=source_id",
                "--group-by=band")
            .timed("5284240582308398080_G", at(1706.0, 1707.0), 15.1, 15.3)
            .attribute("band", "G")
            .timed("5284240582308398080_BP", at(1706.1, 1707.1), 15.4, 15.2)
            .attribute("band", "BP"),
        of(
                "Kepler and TESS: two fluxes, missing ones",
                "kplr.csv",
                """
                # Kepler long cadence
                TIME,CADENCENO,SAP_FLUX,PDCSAP_FLUX,SAP_QUALITY
                131.51,1105,9876.5,10001.5,0
                131.53,1106,9877.5,,16
                131.55,1107,9878.5,10003.5,0
                131.57,1108,9879.5,nan,0
                """,
                "--value=PDCSAP_FLUX")
            .timed("kplr", at(131.51, 131.55), 10001.5, 10003.5)
            .dropping(2),
        of(
                "CRTS: many objects in one file",
                "crts.csv",
                """
                InputID,ID,Mag,Magerr,RA,Decl,MJD,Blend
                starA,112910,15.23,0.06,191.1,-12.3,53604.3,0
                starB,112911,14.10,0.05,191.2,-12.4,53604.4,0
                starA,112910,14.87,0.06,191.1,-12.3,53688.0,0
                starB,112911,14.30,0.05,191.2,-12.4,53690.5,0
                """,
                "--as=long",
                "--id=InputID")
            .timed("starA", at(53604.3, 53688.0), 15.23, 14.87)
            .timed("starB", at(53604.4, 53690.5), 14.10, 14.30),
        of(
                "ATLAS forced photometry: blanks under a header, bands",
                "atlas.txt",
                """
                ###MJD         m      dm   uJy   duJy F err chi/N
                58037.635279  13.616  0.003 12984   44 o  0 1718.56
                58109.489225 -17.173  0.029  -490   14 c  0 141.74
                58111.488617  13.470  0.003 14858   42 o  0 627.55
                58113.488617  13.570  0.003 14858   42 c  0 627.55
                """,
                "--time=MJD",
                "--value=m",
                "--group-by=F")
            .timed("atlas_o", at(58037.635279, 58111.488617), 13.616, 13.470)
            .attribute("F", "o")
            .timed("atlas_c", at(58109.489225, 58113.488617), -17.173, 13.570)
            .attribute("F", "c"),
        of(
                "AAVSO: comments with stray quotes",
                "aavso.csv",
                """
                JD,Magnitude,Band,Comment
                0.10,7.9,V,"clear, moon up"
                0.30,8.1,V,""b" scale chart. clear"
                0.60,8.5,V,5" telescope
                0.80,8.4,V,"say ""hi\"""
                """)
            .timed("aavso", at(0.10, 0.30, 0.60, 0.80), 7.9, 8.1, 8.5, 8.4),
        of(
                "folded by a period in a column of the file",
                "rr.csv",
                "time,mag,P\n50.1,1,0.5\n50.2,2,0.5\n50.35,4,0.5\n",
                "--period-column=P")
            .timed("rr", at(50.1, 50.2, 50.35), 1, 2, 4)
            .folded(0.5),
        of("phases from -0.5 to 0.5", "half.txt", "-0.5 1\n-0.25 2\n0.0 4\n0.25 3\n", "--period=1")
            .timed("half", at(-0.5, -0.25, 0, 0.25), 1, 2, 4, 3)
            .folded(1));
  }

  private static List<FileShape> tables() {
    return List.of(
        of(
                "IPAC table: fixed widths, four header rows, null",
                "neowise.tbl",
                """
                \\fixlen = T
                \\ORIGIN = IPAC Infrared Science Archive (IRSA), Caltech/JPL
                \\ w1mpro (mag)
                |ra         |w1mpro|ph_qual|mjd           |
                |double     |double|char   |double        |
                |deg        |mag   |       |mjdate        |
                |null       |null  |null   |null          |
                 123.8469618 11.334 AA      58227.64203649
                 123.8469547 11.241         58801.02847317
                 123.8469391   null UU      58800.57056616
                """)
            .timed("neowise", at(58227.64203649, 58801.02847317), 11.334, 11.241)
            .dropping(1),
        of(
                "VizieR: comments, units, dashes",
                "vizier.tsv",
                """
                #
                #   VizieR Astronomical Server
                #Column\tHJD\t(F14.5)\tHeliocentric Julian Date
                HJD\tVmag
                d\tmag
                -------------\t------
                2451000.50000\t12.345
                2451000.60000\t12.445
                """)
            .timed("vizier", at(2451000.5, 2451000.6), 12.345, 12.445),
        of(
                "header in a comment",
                "linear.dat",
                "# JD mag magerr flags\n51000.5 14.5 0.02 0\n51001.5 14.8 0.02 0\n",
                "--value=mag")
            .timed("linear", at(51000.5, 51001.5), 14.5, 14.8),
        of(
                "MATLAB: no header, scientific notation, many blanks",
                "matlab.txt",
                "   0.0000000e+00   1.2000000e+01\n   2.5000000e-01   1.3500000e+01\n")
            .timed("matlab", at(0, 0.25), 12, 13.5),
        of(
                "MATLAB: CSV without header, columns by number",
                "matlab.csv",
                "7,0.5,1.25,9\n8,0.75,1.5,9\n9,0.875,1.75,9\n",
                "--time=2",
                "--value=3")
            .timed("matlab", at(0.5, 0.75, 0.875), 1.25, 1.5, 1.75),
        of(
                "lines before the header",
                "export.csv",
                "Station 12\nexported by somebody, 2020\ntime,value\n1,2\n2,4\n",
                "--skip-lines=2")
            .timed("export", at(1, 2), 2, 4),
        of(
                "columns in the other order, known by their names",
                "swapped.csv",
                "mag,time\n17.2,0.25\n17.1,0.5\n")
            .timed("swapped", at(0.25, 0.5), 17.2, 17.1),
        of("names in another case", "case.csv", "Time,Mag,Err\n0.1,1,9\n0.3,2,9\n", "--value=mag")
            .timed("case", at(0.1, 0.3), 1, 2),
        of("a comma at the end of rows", "trailing.csv", "time,mag,\n0.1,1,\n0.3,2,\n")
            .timed("trailing", at(0.1, 0.3), 1, 2),
        of(
                "comments between and behind rows",
                "hash.csv",
                "# t,m\ntime,mag\n# x\n0.1,1\n0.3,2 # note\n")
            .timed("hash", at(0.1, 0.3), 1, 2),
        of("comments of Fortran and LaTeX", "percent.dat", "% a\n%b\n; c\n0.1 1\n0.3 2\n")
            .timed("percent", at(0.1, 0.3), 1, 2));
  }

  private static List<FileShape> dialects() {
    return List.of(
        of("semicolons and decimal commas", "euro.csv", "Phase;Wert\n0,00;17,2\n0,25;17,1\n")
            .timed("euro", at(0, 0.25), 17.2, 17.1),
        of("tabs and decimal commas", "labor.txt", "0,5\t1,25\n0,75\t2,5\n")
            .timed("labor", at(0.5, 0.75), 1.25, 2.5),
        of(
                "quoted decimal commas",
                "quoted.csv",
                "\"0,5\",\"1,25\"\n\"0,75\",\"2,5\"\n",
                "--decimal=,")
            .timed("quoted", at(0.5, 0.75), 1.25, 2.5),
        of("bars", "bars.txt", "time|mag\n0.5|1\n0.75|2\n").timed("bars", at(0.5, 0.75), 1, 2),
        of("all fields in quotes", "all.csv", "\"time\",\"mag\"\n\"0.5\",\"1\"\n\"0.75\",\"2\"\n")
            .timed("all", at(0.5, 0.75), 1, 2),
        of("Fortran's exponents", "fortran.csv", "0.0,1.0D+01\n0.25,1.1d+01\n0.5,1.3D-01\n")
            .timed("fortran", at(0, 0.25, 0.5), 10, 11, 0.13),
        of("the minus sign of Unicode", "minus.csv", "0.0,\u22122.1\n0.25,\u22121.0\n0.5,3\n")
            .timed("minus", at(0, 0.25, 0.5), -2.1, -1, 3),
        of("no-break spaces", "nbsp.txt", "0.0\u00a017.2\n0.25\u00a017.1\n")
            .timed("nbsp", at(0, 0.25), 17.2, 17.1));
  }

  private static List<FileShape> encodings() {
    return List.of(
        of(
                "UTF-8 with a byte order mark and CRLF",
                "bom.csv",
                "\uFEFFtime,mag\r\n0.1,1\r\n0.3,2\r\n")
            .timed("bom", at(0.1, 0.3), 1, 2),
        of(
                "UTF-16, little-endian",
                "le.csv",
                "\uFEFFtime,mag\n0.1,1\n0.3,2\n",
                StandardCharsets.UTF_16LE)
            .timed("le", at(0.1, 0.3), 1, 2),
        of(
                "UTF-16, big-endian",
                "be.csv",
                "\uFEFFtime,mag\n0.1,1\n0.3,2\n",
                StandardCharsets.UTF_16BE)
            .timed("be", at(0.1, 0.3), 1, 2),
        of(
                "Latin-1",
                "latin.csv",
                "# mesure d'\u00e9toile\nid,a,b,c\n\u00e9toile,1,2,4\n",
                StandardCharsets.ISO_8859_1,
                "--encoding=ISO-8859-1")
            .even("\u00e9toile", 1, 2, 4),
        of("CR alone", "cr.csv", "phase,mag\r0.00,17.2\r0.25,17.1\r")
            .timed("cr", at(0, 0.25), 17.2, 17.1));
  }

  private static List<FileShape> machines() {
    return List.of(
        of(
                "MIT-BIH: two header lines in apostrophes",
                "ecg.csv",
                "'sample #','MLII','V5'\n'elapsed time','(mV)','(mV)'\n0,-0.145,-0.065\n1,-0.1,-0.06\n",
                "--value=MLII")
            .timed("ecg", at(0, 1), -0.145, -0.1),
        of(
                "London smart meters: dates, Null, padded numbers",
                "meters.csv",
                """
                LCLid,tstp,energy(kWh/hh)
                MAC000002,2012-10-12 00:30:00.0000000, 0.11\s
                MAC000002,2012-10-12 01:00:00.0000000, 0.21\s
                MAC000003,2012-10-12 00:30:00.0000000, 0.31\s
                MAC000003,2012-10-12 01:00:00.0000000,Null
                MAC000003,2012-10-12 01:30:00.0000000, 0.46\s
                """,
                "--id=LCLid")
            .timed("MAC000002", at(0, 1800), 0.11, 0.21)
            .timed("MAC000003", at(0, 3600), 0.31, 0.46)
            .dropping(1),
        of(
                "household power: semicolons, quoted numbers, question marks",
                "power.txt",
                """
                "timestamp";"Global_active_power";"Voltage"
                "2006-12-16 17:24:00";"4.216";"234.840"
                "2006-12-16 17:25:00";"?";"?"
                "2006-12-16 17:26:00";"5.374";"233.290"
                """,
                "--value=Voltage")
            .timed("power", at(0, 120), 234.84, 233.29)
            .dropping(1),
        of(
                "Influx: annotations, a repeated header",
                "influx.csv",
                """
                #group,false,false,false,false,true,true
                #datatype,string,long,dateTime:RFC3339,double,string,string
                #default,_result,,,,,
                ,result,table,_time,_value,_field,sensor_id
                ,,0,2020-01-01T00:00:00Z,75.9,temperature,TLM0202
                ,,0,2020-01-01T00:00:10Z,35.2,temperature,TLM0202

                #group,false,false,false,false,true,true
                #datatype,string,long,dateTime:RFC3339,double,string,string
                #default,_result,,,,,
                ,result,table,_time,_value,_field,sensor_id
                ,,1,2020-01-01T00:00:00Z,1.5,temperature,TLM0300
                ,,1,2020-01-01T00:00:10.5Z,2.5,temperature,TLM0300
                """,
                "--id=sensor_id")
            .timed("TLM0202", at(0, 10), 75.9, 35.2)
            .timed("TLM0300", at(0, 10.5), 1.5, 2.5),
        of(
                "Timescale and PostgreSQL: offsets, any order",
                "timescale.csv",
                """
                time,device_id,temperature
                2021-06-01 02:00:20+02,d1,7.5
                2021-06-01 00:00:00+00,d1,6.5
                2021-06-01 00:00:10+00:00,d1,6.75
                """)
            .timed("timescale", at(20, 0, 10), 7.5, 6.5, 6.75),
        of("days", "days.csv", "date,value\n2020-02-28,1\n2020-02-29,3\n2020-03-01,2\n")
            .timed("days", at(0, 86_400, 172_800), 1, 3, 2));
  }

  private static List<FileShape> rows() {
    return List.of(
        of(
                "UCR 2018: tabs, labels, padded with NaN",
                "Gesture_TRAIN.tsv",
                "1\t0.5\t1.5\t2.5\t1.0\n2\t0.5\t1.25\t-2.5\tNaN\n2\t0.5\tNaN\tNaN\t1.0\n",
                "--as=wide",
                "--label=1",
                "--missing=interpolate")
            .even("Gesture_TRAIN-1", 0.5, 1.5, 2.5, 1)
            .attribute("label", "1")
            .even("Gesture_TRAIN-2", 0.5, 1.25, -2.5)
            .attribute("label", "2")
            .even("Gesture_TRAIN-3", 0.5, 0.5 + 0.5 / 3, 0.5 + 2 * (0.5 / 3), 1)
            .attribute("label", "2"),
        of(
                "UCR 2015: double blanks, labels in scientific notation",
                "Coffee_TEST",
                "  1.0000000e+00  -5.0e-01   1.5e+00\n  2.0000000e+00  -5.1e-01   1.1e+00\n",
                "--as=wide",
                "--first-column=label")
            .even("Coffee_TEST-1", -0.5, 1.5)
            .attribute("label", "1.0000000e+00")
            .even("Coffee_TEST-2", -0.51, 1.1)
            .attribute("label", "2.0000000e+00"),
        of(
                "UCR: commas, labels first",
                "Gun_TRAIN.csv",
                "1,0.5,1.5,2\n2,0.25,1,0.75\n",
                "--as=wide",
                "--label=1")
            .even("Gun_TRAIN-1", 0.5, 1.5, 2)
            .attribute("label", "1")
            .even("Gun_TRAIN-2", 0.25, 1, 0.75)
            .attribute("label", "2"),
        of(
                "heart beats: labels last",
                "mitbih_train.csv",
                "0.1,0.5,0.2,0.3,1.0\n0.2,0.5,0.1,0.3,0.0\n",
                "--as=wide",
                "--label=last")
            .even("mitbih_train-1", 0.1, 0.5, 0.2, 0.3)
            .attribute("label", "1.0")
            .even("mitbih_train-2", 0.2, 0.5, 0.1, 0.3)
            .attribute("label", "0.0"),
        of(
                "rows with a header",
                "header.csv",
                "id,t0,t1,t2,t3\np1,0.1,0.5,0.2,0.4\np2,0.3,0.1,0.2,0.9\n")
            .even("p1", 0.1, 0.5, 0.2, 0.4)
            .even("p2", 0.3, 0.1, 0.2, 0.9),
        of(
                "rows with a header of numbers, as pandas writes it",
                "frame.csv",
                ",0,1,2\np1,0.1,0.5,0.2\np2,0.3,0.1,0.2\n",
                "--as=wide")
            .even("p1", 0.1, 0.5, 0.2)
            .even("p2", 0.3, 0.1, 0.2),
        of(
                "rows with numbers for ids, as pandas writes its index",
                "pandas.csv",
                "0,0.1,0.5,0.2\n1,0.2,0.7,0.2\n",
                "--as=wide")
            .even("0", 0.1, 0.5, 0.2)
            .even("1", 0.2, 0.7, 0.2),
        of(
                "rows with quoted ids and numbers",
                "quoted.csv",
                "\"p3\",\"0.1\",\"0.5\",\"0.2\"\n\"p, 4\",0.1,0.5,0.3\n",
                "--as=wide")
            .even("p3", 0.1, 0.5, 0.2)
            .even("p, 4", 0.1, 0.5, 0.3),
        of(
                "rows with semicolons and decimal commas",
                "semi.csv",
                "p8;0,1;0,5;0,2\np9;0,1;0,5;0,3\n")
            .even("p8", 0.1, 0.5, 0.2)
            .even("p9", 0.1, 0.5, 0.3),
        of("rows that end in a comma", "comma.csv", "p11,0.1,0.5,0.2,\np12,0.1,0.5,0.3,\n")
            .even("p11", 0.1, 0.5, 0.2)
            .even("p12", 0.1, 0.5, 0.3),
        of(
                "rows with names, labels and facts",
                "facts.csv",
                "name,class,site,v1,v2,v3\na,x,north,1,2,4\nb,y,south,3,5,4\n",
                "--as=wide",
                "--id=name",
                "--label=class",
                "--attribute-columns=site")
            .even("a", 1, 2, 4)
            .attribute("label", "x")
            .attribute("site", "north")
            .even("b", 3, 5, 4)
            .attribute("label", "y")
            .attribute("site", "south"),
        of(
                "rows with labels that the header names",
                "named.csv",
                "id,label,v1,v2,v3,v4\na,good,1,2,4,3\nb,bad,3,5,4,1\n")
            .even("a", 1, 2, 4, 3)
            .attribute("label", "good")
            .even("b", 3, 5, 4, 1)
            .attribute("label", "bad"),
        of(
                "rows with numbers for labels, which the header calls classes",
                "numbered.csv",
                "id,v1,v2,v3,v4,Class\na,1,2,4,3,1\nb,3,5,4,1,2\n")
            .even("a", 1, 2, 4, 3)
            .attribute("label", "1")
            .even("b", 3, 5, 4, 1)
            .attribute("label", "2"),
        of("values alone", "values.csv", "1,2,4\n3,5,4\n", "--as=wide", "--id=none")
            .even("values-1", 1, 2, 4)
            .even("values-2", 3, 5, 4));
  }

  private static List<FileShape> toolkits() {
    return List.of(
        of(
                "ts with comments of percent signs",
                "Pct_TRAIN.ts",
                "%# cut down\n%\n@problemName Pct\n@timeStamps false\n@univariate true\n"
                    + "@classLabel true 1 2\n@data\n241.97,241.75,241.64:1\n4.0,0.0,1.0,11.0:2\n")
            .even("Pct_TRAIN-1", 241.97, 241.75, 241.64)
            .attribute("label", "1")
            .even("Pct_TRAIN-2", 4, 0, 1, 11)
            .attribute("label", "2"),
        of(
                "ts with time stamps",
                "Stamp_TRAIN.ts",
                "@timeStamps True\n@univariate true\n@classLabel true 1 2\n@data\n"
                    + "(2007-01-01 00:00:00,241.97),(2007-01-01 00:01:00,241.75):1\n"
                    + "(0.5,1),(1.5,2),(3,1):2\n")
            .timed("Stamp_TRAIN-1", at(0, 60), 241.97, 241.75)
            .attribute("label", "1")
            .timed("Stamp_TRAIN-2", at(0.5, 1.5, 3), 1, 2, 1)
            .attribute("label", "2"),
        of(
                "ts with missing values",
                "Miss_TEST.ts",
                "@missing true\n@univariate true\n@classLabel true 1 2\n@data\n0.1,?,0.5,0.3:1\n0.1,0.2,0.4,NaN:1\n",
                "--missing=interpolate")
            .even("Miss_TEST-1", 0.1, 0.1 + 0.2, 0.5, 0.3)
            .attribute("label", "1")
            .even("Miss_TEST-2", 0.1, 0.2, 0.4)
            .attribute("label", "1"),
        of(
                "ts of several dimensions",
                "Multi_TEST.ts",
                "@univariate false\n@dimension 2\n@classLabel true 1 2\n@data\n0.1,0.2,0.4:1.1,1.2,1.0:1\n",
                "--dimension=2")
            .even("Multi_TEST-1", 1.1, 1.2, 1.0)
            .attribute("label", "1"),
        of("ts of a regression", "Regr_TRAIN.ts", "@targetlabel true\n@data\n0.1,0.2,0.4:0.25\n")
            .even("Regr_TRAIN-1", 0.1, 0.2, 0.4)
            .attribute("label", "0.25"),
        of(
                "arff",
                "ItalyPower.arff",
                "%title\n@relation ItalyPower\n\n@attribute att0 numeric\n@attribute 'att 1' REAL\n"
                    + "@attribute att2 integer\n@attribute target {1,'2 x'}\n\n@data\n-0.71,-1.18,37,1\n0.99,-1.42,5,'2 x'\n")
            .even("ItalyPower-1", -0.71, -1.18, 37)
            .attribute("label", "1")
            .even("ItalyPower-2", 0.99, -1.42, 5)
            .attribute("label", "2 x"),
        of(
                "windows of a recording",
                "log.csv",
                "1 1\n2 2\n3 4\n4 8\n5 9\n",
                "--window=2",
                "--step=2")
            .with(window("log@1", 1, 1, 2, 1, 2))
            .with(window("log@3", 3, 3, 4, 4, 8))
            .dropping(1));
  }

  private static SeriesEntry window(
      String id, double start, double t0, double t1, double v0, double v1) {
    return new SeriesEntry(
        id, TimeSeries.of(at(t0, t1), at(v0, v1)), Attributes.none().with("start", start));
  }
}
